import { formatMoment } from '@/lib/time';
import type { Message } from '@/lib/types';
import { NOTICE } from '@/lib/words';
import styles from './notice-line.module.css';

/** What happened to the conversation, between what was said in it. */
export function NoticeLine({ message }: { message: Message }) {
  return (
    <p
      className={styles.notice}
      data-testid="message"
      data-author={message.author}
      data-kind="notice"
      data-sequence={message.sequence}
      data-notice={message.notice ?? undefined}
    >
      <span dir="auto">{message.text || (message.notice ? NOTICE[message.notice] : '')}</span>{' '}
      <time dateTime={message.at}>{formatMoment(message.at)}</time>
    </p>
  );
}
