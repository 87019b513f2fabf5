'use client';

import { useOperatorSession } from '@/lib/use-operator-session';
import { SignIn } from '../console/sign-in';
import { OperatorHeader } from '../shared/operator-header';
import { ReportDesk } from './report-desk';

export function Reports() {
  const { session, problem, signIn, expire } = useOperatorSession();

  if (session) return <ReportDesk session={session} onExpired={expire} />;
  return (
    <>
      <OperatorHeader room="Reports" session={session} />
      <main className="page page--narrow">
        {session === undefined ? <p role="status">Loading…</p> : <SignIn problem={problem} onSignIn={signIn} />}
      </main>
    </>
  );
}
