'use client';

import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ConversationView } from '@/lib/conversation-view';
import { MessageBubble } from './message-bubble';
import { NoticeLine } from './notice-line';
import { PendingBubble } from './pending-bubble';
import styles from './transcript.module.css';

/** Within this distance of its end the transcript follows new messages. */
const FOLLOW_DISTANCE_PX = 120;
const BREATHING_SPACE_PX = 12;

interface Props {
  view: ConversationView;
  onRetry(key: string): void;
  onDiscard(key: string): void;
  /** Given where the reader may say whether an answer helped. */
  onRate?(id: string, helpful: boolean): Promise<void>;
  children?: ReactNode;
}

export function Transcript({ view, onRetry, onDiscard, onRate, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [unseen, setUnseen] = useState(false);
  const count = view.messages.length + view.pending.length;

  const scrollToEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
    setUnseen(false);
  }, []);

  const showNewest = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const newest = element.querySelector<HTMLElement>('[data-newest]');
    // An answer taller than the window is read from its beginning, not from its end.
    const end = element.scrollHeight - element.clientHeight;
    element.scrollTop = newest ? Math.min(end, newest.offsetTop - BREATHING_SPACE_PX) : end;
    setUnseen(false);
  }, []);

  useEffect(() => {
    if (following.current) showNewest();
    else if (count > 0) setUnseen(true);
  }, [count, showNewest]);

  useEffect(() => {
    if (following.current) showNewest();
  }, [view.status, showNewest]);

  // The frame shrinks when something opens beside it: what was at the end stays there.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (following.current) showNewest();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [showNewest]);

  // What one just wrote oneself is always worth seeing.
  const mine = view.pending.length;
  useEffect(() => {
    if (mine > 0) scrollToEnd();
  }, [mine, scrollToEnd]);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    following.current =
      element.scrollHeight - element.scrollTop - element.clientHeight < FOLLOW_DISTANCE_PX;
    if (following.current) setUnseen(false);
  }

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.transcript}
        data-testid="transcript"
        role="log"
        aria-label="Conversation"
        aria-live="polite"
        aria-relevant="additions"
        tabIndex={0}
        onScroll={onScroll}
      >
        {view.earlier.length > 0 ? (
          <section className={styles.earlier} aria-label="Earlier, elsewhere" data-testid="earlier">
            {view.earlier.map((message) =>
              message.kind === 'notice' ? (
                <NoticeLine key={message.id} message={message} />
              ) : (
                <MessageBubble key={message.id} message={message} self={view.self} onRate={onRate} showChannel />
              ),
            )}
          </section>
        ) : null}
        {view.messages.map((message, index) =>
          message.kind === 'notice' ? (
            <NoticeLine key={message.sequence} message={message} />
          ) : (
            <MessageBubble
              key={message.sequence}
              message={message}
              self={view.self}
              onRate={onRate}
              showChannel={message.channel !== 'web'}
              newest={index === view.messages.length - 1}
              replay={
                view.self === 'customer' &&
                message.author === 'assistant' &&
                message.sequence > view.liveAfter
              }
            />
          ),
        )}
        {view.pending.map((pending) => (
          <PendingBubble
            key={pending.key}
            pending={pending}
            author={view.self}
            onRetry={onRetry}
            onDiscard={onDiscard}
          />
        ))}
        {children}
      </div>
      {unseen ? (
        <button type="button" className={styles.newer} onClick={scrollToEnd}>
          New messages ↓
        </button>
      ) : null}
    </div>
  );
}
