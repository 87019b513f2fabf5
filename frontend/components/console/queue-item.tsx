import { customerName } from '@/lib/customer';
import { formatDuration, formatMoment } from '@/lib/time';
import type { ConversationSummary } from '@/lib/types';
import { channelName, humanize, sentimentName } from '@/lib/words';
import { UrgencyBadge } from './urgency-badge';
import styles from './queue-item.module.css';

interface Props {
  conversation: ConversationSummary;
  now: Date;
  chosen: boolean;
  me: string;
  onOpen(id: string): void;
}

export function QueueItem({ conversation, now, chosen, me, onOpen }: Props) {
  const { customer, state, last_message: last, sentiment } = conversation;
  const escalation = state.held_by === 'assistant' ? undefined : state.escalation;
  return (
    <button
      type="button"
      className={styles.item}
      data-testid="queue-item"
      data-conversation={conversation.id}
      aria-current={chosen}
      onClick={() => onOpen(conversation.id)}
    >
      <span className={styles.row}>
        <span className={styles.name} dir="auto">
          {customerName(customer)}
        </span>
        <Waiting conversation={conversation} now={now} />
      </span>
      {conversation.subject ? (
        <span className={styles.subject} dir="auto">
          {conversation.subject}
        </span>
      ) : null}
      {last ? (
        <span className={styles.last} dir="auto">
          {last.text}
        </span>
      ) : null}
      <span className={styles.badges}>
        {last?.channel ? (
          <span className="badge" data-testid="queue-channel">
            {channelName(last.channel)}
          </span>
        ) : null}
        {escalation ? <UrgencyBadge urgency={escalation.urgency} /> : null}
        {escalation ? <span className="badge">{humanize(escalation.reason)}</span> : null}
        {state.held_by === 'operator' ? (
          <span className="badge badge--person">{state.operator === me ? 'You' : state.operator}</span>
        ) : null}
        {state.held_by === 'assistant' ? <span className="badge">Assistant</span> : null}
        {typeof sentiment === 'number' && sentimentName(sentiment) === 'upset' ? (
          <span className="badge badge--bad">Upset</span>
        ) : null}
      </span>
    </button>
  );
}

function Waiting({ conversation, now }: { conversation: ConversationSummary; now: Date }) {
  const { waiting_since: since, ack_due: due, last_message: last } = conversation;
  if (!since) return last ? <time className={styles.time}>{formatMoment(last.at, now)}</time> : null;
  const late = due ? now.getTime() > new Date(due).getTime() : false;
  const waited = formatDuration(now.getTime() - new Date(since).getTime());
  return (
    <time className={styles.time} dateTime={since} data-late={late || undefined}>
      {waited === 'just now' ? waited : `waiting ${waited}`}
      {late ? ' · overdue' : ''}
    </time>
  );
}
