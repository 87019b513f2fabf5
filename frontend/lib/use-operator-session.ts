'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, sentenceOf } from './api';
import { getSession, signIn as postKey, signOut as deleteSession } from './operator-api';
import type { OperatorSession } from './types';

export interface SessionControl {
  /** undefined while the page does not know yet, null when nobody is signed in. */
  session: OperatorSession | null | undefined;
  problem?: string;
  signIn(key: string): Promise<void>;
  signOut(): Promise<void>;
  /** The server no longer knows the session (expired, or the key was revoked). */
  expire(): void;
}

export function useOperatorSession(): SessionControl {
  const [session, setSession] = useState<OperatorSession | null>();
  const [problem, setProblem] = useState<string>();
  const begun = useRef(false);

  const signIn = useCallback(async (key: string) => {
    setProblem(undefined);
    try {
      setSession(await postKey(key));
    } catch (error) {
      setSession(null);
      const refused = error instanceof ApiProblem && (error.status === 401 || error.status === 403);
      setProblem(refused ? 'That key is not known, or was revoked.' : sentenceOf(error));
    }
  }, []);

  useEffect(() => {
    if (begun.current) return; // The fragment can be taken only once.
    begun.current = true;
    const key = takeKeyFromAddress();
    if (key) {
      void signIn(key);
      return;
    }
    getSession().then(setSession, (error: unknown) => {
      setSession(null);
      if (!(error instanceof ApiProblem) || error.status !== 401) setProblem(sentenceOf(error));
    });
  }, [signIn]);

  const signOut = useCallback(async () => {
    setProblem(undefined);
    try {
      if (session) await deleteSession(session.csrf_token);
      setSession(null);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) setSession(null);
      else throw error; // Still signed in: saying otherwise would leave the desk open.
    }
  }, [session]);

  const expire = useCallback(() => {
    setSession(null);
    setProblem('Your session has ended. Please sign in again.');
  }, []);

  return { session, problem, signIn, signOut, expire };
}

/** Reads `#key=…` and removes it at once, so that it stays in no history, bookmark or screenshot. */
function takeKeyFromAddress(): string | undefined {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const key = fragment.get('key');
  if (!key) return undefined;
  window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return key;
}
