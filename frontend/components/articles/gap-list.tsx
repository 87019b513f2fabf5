'use client';

import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { GAP_DAYS, listGaps } from '@/lib/article-api';
import { gapCount, gapsByDay, gapTitle } from '@/lib/articles';
import { conversationPage } from '@/lib/links';
import { formatDate } from '@/lib/time';
import type { Gap } from '@/lib/types';
import styles from './gap-list.module.css';

/** What customers asked and the documents did not answer, day by day. */
export function GapList({ onExpired }: { onExpired(): void }) {
  const [gaps, setGaps] = useState<Gap[]>();
  const [cursor, setCursor] = useState<string | null>();
  const [problem, setProblem] = useState<string>();

  const fail = useCallback(
    (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) onExpired();
      else setProblem(sentenceOf(error));
    },
    [onExpired],
  );

  useEffect(() => {
    const page = new AbortController();
    listGaps(undefined, page.signal).then(
      (first) => {
        setGaps(first.gaps);
        setCursor(first.cursor);
      },
      (error: unknown) => {
        if (!page.signal.aborted) fail(error);
      },
    );
    return () => page.abort();
  }, [fail]);

  async function more(): Promise<void> {
    setProblem(undefined);
    try {
      const next = await listGaps(cursor);
      setGaps((known) => [...(known ?? []), ...next.gaps]);
      setCursor(next.cursor);
    } catch (error) {
      fail(error);
    }
  }

  const failure = problem ? (
    <p className="alert" role="alert">
      {problem}
    </p>
  ) : null;
  if (!gaps) return failure ?? <p role="status">Loading…</p>;
  if (gaps.length === 0) {
    return <p className="soft">In the last {GAP_DAYS} days the documents lacked nothing, or those days are not over yet.</p>;
  }
  return (
    <div className={styles.days} data-testid="gaps">
      {gapsByDay(gaps).map(({ day, gaps: found }) => (
        <section key={day} aria-label={`Gaps of ${formatDate(day)}`}>
          <h2 className={styles.day}>{formatDate(day)}</h2>
          <ul className={styles.gaps}>
            {found.map((gap, index) => (
              <li key={index} className={`card ${styles.gap}`} data-testid="gap">
                <h3 dir="auto">{gapTitle(gap)}</h3>
                <p className="soft">{gapCount(gap)}</p>
                <ul className={styles.examples}>
                  {gap.examples.map((example) => (
                    <li key={example.message_id}>
                      <Link href={conversationPage(example.conversation_id)} prefetch={false} dir="auto">
                        {example.text || '(no text)'}
                      </Link>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {failure}
      {cursor ? (
        <button type="button" className="button button--small" onClick={() => void more()}>
          Show more
        </button>
      ) : null}
    </div>
  );
}
