'use client';

import { useState } from 'react';
import type { ArticleStatus } from '@/lib/types';
import { useOperatorSession } from '@/lib/use-operator-session';
import { SignIn } from '../console/sign-in';
import { OperatorHeader } from '../shared/operator-header';
import { ArticleList } from './article-list';
import { GapList } from './gap-list';
import styles from './articles.module.css';

type Tab = ArticleStatus | 'gaps';

const TABS: readonly { value: Tab; name: string }[] = [
  { value: 'proposed', name: 'Proposed' },
  { value: 'approved', name: 'Approved' },
  { value: 'rejected', name: 'Rejected' },
  { value: 'gaps', name: 'Gaps' },
];

/** What was learned from resolved tickets, for operators to read before anybody is told it, and what the documents lack. */
export function Articles() {
  const { session, problem, signIn, expire } = useOperatorSession();
  const [tab, setTab] = useState<Tab>('proposed');

  return (
    <>
      <OperatorHeader room="Articles" session={session} />
      {session ? (
        <main className={`page ${styles.page}`}>
          <div className={styles.tabs} role="group" aria-label="Show">
            {TABS.map(({ value, name }) => (
              <button
                key={value}
                type="button"
                className={styles.tab}
                aria-pressed={tab === value}
                onClick={() => setTab(value)}
              >
                {name}
              </button>
            ))}
          </div>
          {tab === 'gaps' ? (
            <GapList onExpired={expire} />
          ) : (
            <ArticleList key={tab} status={tab} session={session} onExpired={expire} />
          )}
        </main>
      ) : (
        <main className="page page--narrow">
          {session === undefined ? <p role="status">Loading…</p> : <SignIn problem={problem} onSignIn={signIn} />}
        </main>
      )}
    </>
  );
}
