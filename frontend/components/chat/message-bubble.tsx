import { canBeRated } from '@/lib/rating';
import { formatMoment } from '@/lib/time';
import type { Message } from '@/lib/types';
import { channelName, sentimentName } from '@/lib/words';
import { classNames } from '@/lib/class-names';
import { AttachmentList } from './attachment-list';
import { Citation } from './citation';
import { DeliveryMarks } from './delivery-marks';
import { RatingButtons } from './rating-buttons';
import { ReplayedText } from './replayed-text';
import styles from './message-bubble.module.css';

interface Props {
  message: Message;
  /** Which side of the page is "mine". */
  self: 'customer' | 'operator';
  replay?: boolean;
  newest?: boolean;
  /** Name the channel by which it came or went. */
  showChannel?: boolean;
  /** Given where the reader may say whether an answer helped. */
  onRate?(id: string, helpful: boolean): Promise<void>;
}

export function MessageBubble({ message, self, replay = false, newest = false, showChannel = false, onRate }: Props) {
  const citations = message.citations ?? [];
  const isNote = message.kind === 'note';
  return (
    <article
      className={classNames(
        styles.message,
        isMine(message, self) && styles.mine,
        styles[message.author],
        isNote && styles.note,
      )}
      data-testid="message"
      data-author={message.author}
      data-kind={message.kind}
      data-sequence={message.sequence}
      data-newest={newest ? '' : undefined}
    >
      <p className={styles.byline}>
        <span className={styles.name}>{nameOf(message, self)}</span>
        <time dateTime={message.at}>{formatMoment(message.at)}</time>
        {self === 'operator' && !isNote ? (
          <span className={styles.channel} data-testid="channel">
            {channelName(message.channel)}
          </span>
        ) : null}
        {message.is_unproved ? (
          <span className={styles.channel} data-testid="unproved" title="Nobody vouches for the sender's address: it may be forged.">
            sender not proved
          </span>
        ) : null}
        {showChannel && self === 'customer' ? <span>by {channelName(message.channel)}</span> : null}
        {self === 'operator' && typeof message.sentiment === 'number' ? (
          <span className={styles.sentiment} data-sentiment={sentimentName(message.sentiment)}>
            {sentimentName(message.sentiment)} {message.sentiment.toFixed(2)}
          </span>
        ) : null}
      </p>
      <div className={styles.bubble}>
        {/* Always text, never markup: whatever was written here came from someone else. */}
        <p className={styles.text} dir="auto">
          {replay ? <ReplayedText text={message.text} /> : message.text || '(no text)'}
        </p>
      </div>
      {message.attachments?.length ? <AttachmentList attachments={message.attachments} /> : null}
      {citations.length > 0 ? (
        <div className={styles.sources} aria-label="Sources" role="group">
          {citations.map((source, index) => (
            <Citation key={`${source.document_id}-${index}`} source={source} />
          ))}
        </div>
      ) : null}
      {message.footer ? (
        <p className={styles.footer} dir="auto">
          {message.footer}
        </p>
      ) : null}
      {onRate && canBeRated(message) ? <RatingButtons message={message} onRate={onRate} /> : null}
      {message.deliveries?.length ? <DeliveryMarks deliveries={message.deliveries} /> : null}
    </article>
  );
}

function isMine(message: Message, self: Props['self']): boolean {
  return self === 'customer' ? message.author === 'customer' : message.author !== 'customer';
}

function nameOf(message: Message, self: Props['self']): string {
  switch (message.author) {
    case 'customer':
      return self === 'customer' ? 'You' : (message.name ?? 'Customer');
    case 'assistant':
      return 'Assistant';
    case 'operator':
      return message.kind === 'note' ? `${message.name ?? 'Operator'} · private note` : (message.name ?? 'Support');
    case 'system':
      return 'Support';
  }
}
