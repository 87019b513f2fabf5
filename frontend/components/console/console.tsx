'use client';

import { OperatorHeader } from '../shared/operator-header';
import { useOperatorSession } from '@/lib/use-operator-session';
import { Desk } from './desk';
import { SignIn } from './sign-in';

export function Console() {
  const control = useOperatorSession();
  const { session } = control;

  if (session) {
    return <Desk session={session} onSignOut={control.signOut} onExpired={control.expire} />;
  }
  return (
    <>
      <OperatorHeader room="Console" session={session} />
      <main className="page page--narrow">
        {session === undefined ? (
          <p role="status">Loading…</p>
        ) : (
          <SignIn problem={control.problem} onSignIn={control.signIn} />
        )}
      </main>
    </>
  );
}
