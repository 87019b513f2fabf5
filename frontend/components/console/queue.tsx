'use client';

import { useEffect, useRef } from 'react';
import type { QueueFilter } from '@/lib/operator-api';
import { useNow } from '@/lib/use-now';
import type { Queue as QueueData } from '@/lib/use-queue';
import { CustomerSearch } from './customer-search';
import { QueueItem } from './queue-item';
import styles from './queue.module.css';

const FILTERS: readonly { value: QueueFilter; name: string }[] = [
  { value: 'person', name: 'Needs a person' },
  { value: 'all', name: 'All' },
];

interface Props {
  queue: QueueData;
  filter: QueueFilter;
  onFilter(filter: QueueFilter): void;
  chosen: string | null;
  onOpen(id: string): void;
  onExpired(): void;
  me: string;
}

export function Queue({ queue, filter, onFilter, chosen, onOpen, onExpired, me }: Props) {
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);
  useQueueKeys(list);
  const { conversations } = queue;

  return (
    <nav className={styles.side} aria-label="Queue">
      <CustomerSearch chosen={chosen} onOpen={onOpen} onExpired={onExpired} />
      <div className={styles.filters} role="group" aria-label="Show">
        {FILTERS.map(({ value, name }) => (
          <button
            key={value}
            type="button"
            className={styles.filter}
            aria-pressed={filter === value}
            onClick={() => onFilter(value)}
          >
            {name}
          </button>
        ))}
      </div>
      {queue.trouble ? (
        <p className="alert" role="alert">
          {queue.trouble}
        </p>
      ) : null}
      <ul ref={list} className={styles.queue} data-testid="queue" aria-busy={conversations === undefined}>
        {conversations?.map((conversation) => (
          <li key={conversation.id}>
            <QueueItem
              conversation={conversation}
              now={now}
              chosen={conversation.id === chosen}
              me={me}
              onOpen={onOpen}
            />
          </li>
        ))}
      </ul>
      {conversations?.length === 0 ? (
        <p className={styles.none}>
          {filter === 'person' ? 'Nobody is waiting for a person.' : 'No conversations yet.'}
        </p>
      ) : null}
      {queue.more ? (
        <button type="button" className="button button--small" onClick={queue.more}>
          Show more
        </button>
      ) : null}
    </nav>
  );
}

/** j and k, or the arrows, walk through the queue from anywhere but a text field. */
function useQueueKeys(list: React.RefObject<HTMLUListElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const inQueue = event.target instanceof Node && list.current?.contains(event.target);
      const step = stepOf(event.key, inQueue ?? false);
      if (step === 0) return;
      const items = Array.from(list.current?.querySelectorAll('button') ?? []);
      if (items.length === 0) return;
      const focused = items.indexOf(document.activeElement as HTMLButtonElement);
      const current = focused >= 0 ? focused : items.findIndex((item) => item.ariaCurrent === 'true');
      const next = current < 0 ? 0 : Math.min(Math.max(current + step, 0), items.length - 1);
      items[next]?.focus();
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [list]);
}

function stepOf(key: string, inQueue: boolean): -1 | 0 | 1 {
  if (key === 'j') return 1;
  if (key === 'k') return -1;
  // Elsewhere the arrows keep scrolling, as everyone expects.
  if (inQueue && key === 'ArrowDown') return 1;
  if (inQueue && key === 'ArrowUp') return -1;
  return 0;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
