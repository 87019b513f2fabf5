import type { PendingMessage } from '@/lib/transcript';
import { classNames } from '@/lib/class-names';
import bubble from './message-bubble.module.css';
import styles from './pending-bubble.module.css';

interface Props {
  pending: PendingMessage;
  author: 'customer' | 'operator';
  onRetry(key: string): void;
  onDiscard(key: string): void;
}

/** Shown at once; the record's own copy takes its place. */
export function PendingBubble({ pending, author, onRetry, onDiscard }: Props) {
  const failed = pending.delivery === 'failed';
  return (
    <article
      className={classNames(bubble.message, bubble.mine, bubble[author])}
      data-testid="message"
      data-author={author}
      data-delivery={pending.delivery}
    >
      <div className={classNames(bubble.bubble, !failed && styles.sending)}>
        <p className={bubble.text} dir="auto">
          {pending.text}
        </p>
      </div>
      {failed ? (
        <p className={styles.failure} role="alert">
          <span>Not sent. {pending.problem}</span>
          <button type="button" className="link" onClick={() => onRetry(pending.key)}>
            Try again
          </button>
          <button type="button" className="link" onClick={() => onDiscard(pending.key)}>
            Discard
          </button>
        </p>
      ) : (
        <p className={styles.delivery}>{pending.delivery === 'sent' ? 'Sent' : 'Sending…'}</p>
      )}
    </article>
  );
}
