'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '@/lib/api';
import { alertOperator } from '@/lib/escalation-alert';
import type { QueueFilter } from '@/lib/operator-api';
import type { OperatorSession, QueueChange } from '@/lib/types';
import { useQueue } from '@/lib/use-queue';
import { ConnectionState } from '../shared/connection-state';
import { OperatorHeader } from '../shared/operator-header';
import { ConversationPane } from './conversation-pane';
import { NotificationButton } from './notification-button';
import { Queue } from './queue';
import styles from './desk.module.css';

interface Props {
  session: OperatorSession;
  onSignOut(): Promise<void>;
  onExpired(): void;
}

/** The operator's desk: who needs a person on one side, the chosen conversation on the other. */
export function Desk({ session, onSignOut, onExpired }: Props) {
  const router = useRouter();
  const chosen = useSearchParams().get('conversation');
  const [filter, setFilter] = useState<QueueFilter>('person');
  const [waiting, setWaiting] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const known = useRef(new Set<string>());

  const open = useCallback(
    (id: string) => router.push(`/console/?conversation=${encodeURIComponent(id)}`, { scroll: false }),
    [router],
  );
  const close = useCallback(() => router.push('/console/', { scroll: false }), [router]);

  const onChange = useCallback(
    (change: QueueChange) => {
      setWaiting(change.waiting);
      const { conversation } = change;
      if (!conversation) return;
      // The same escalation is told once; if its urgency rises, it is told again.
      const told = `${conversation.id} ${conversation.reason} ${conversation.urgency}`;
      if (known.current.has(told)) return;
      known.current.add(told);
      alertOperator(conversation, open);
    },
    [open],
  );

  const queue = useQueue(filter, onChange, onExpired);
  const listed = filter === 'person' ? queue.conversations : undefined;
  const count =
    listed?.filter((conversation) => conversation.state.held_by === 'waiting').length ?? waiting ?? 0;

  // What left the queue may come back to it later and is then news again.
  useEffect(() => {
    if (!listed) return;
    const present = new Set(listed.map((conversation) => conversation.id));
    for (const told of known.current) {
      if (!present.has(told.split(' ', 1)[0] ?? '')) known.current.delete(told);
    }
  }, [listed]);

  useEffect(() => {
    document.title = count > 0 ? `(${count}) Console` : 'Console';
  }, [count]);

  return (
    <div className={styles.desk}>
      <OperatorHeader
        room="Console"
        session={session}
        after={
          <button
            type="button"
            className="button button--small"
            onClick={() => void onSignOut().catch((error: unknown) => setProblem(sentenceOf(error)))}
          >
            Sign out
          </button>
        }
      >
        <span className={styles.connection}>
          <ConnectionState connection={queue.connection} />
        </span>
        <NotificationButton />
      </OperatorHeader>
      {problem ? (
        <p className="alert" role="alert">
          {problem}
        </p>
      ) : null}
      <main className={styles.main} data-open={chosen ? '' : undefined}>
        <Queue
          queue={queue}
          filter={filter}
          onFilter={setFilter}
          chosen={chosen}
          onOpen={open}
          onExpired={onExpired}
          me={session.operator.name}
        />
        {chosen ? (
          <ConversationPane
            key={chosen}
            id={chosen}
            session={session}
            onClose={close}
            onChanged={queue.refresh}
            onExpired={onExpired}
          />
        ) : (
          <section className={styles.empty} aria-label="No conversation chosen">
            <p>Choose a conversation from the queue.</p>
            <p className={styles.keys}>
              <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>Ctrl</kbd>+<kbd>Enter</kbd> sends
            </p>
          </section>
        )}
      </main>
    </div>
  );
}
