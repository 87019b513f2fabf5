'use client';

import { useOperatorSession } from '@/lib/use-operator-session';
import { SignIn } from '../console/sign-in';
import { SiteHeader } from '../shared/site-header';
import { ReportDesk } from './report-desk';

export function Reports() {
  const { session, problem, signIn, expire } = useOperatorSession();

  if (session) return <ReportDesk onExpired={expire} />;
  return (
    <>
      <SiteHeader room="Reports" />
      <main className="page page--narrow">
        {session === undefined ? <p role="status">Loading…</p> : <SignIn problem={problem} onSignIn={signIn} />}
      </main>
    </>
  );
}
