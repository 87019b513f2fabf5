import { formatMoment } from '@/lib/time';
import type { OperatorSnapshot } from '@/lib/types';
import { categoryName, humanize, priorityName } from '@/lib/words';
import { StatusBadge } from '../shared/status-badge';
import { UrgencyBadge } from './urgency-badge';
import styles from './conversation-facts.module.css';

/** Why a person is needed, and what is owed: what an operator reads before the first word. */
export function ConversationFacts({ snapshot }: { snapshot: OperatorSnapshot }) {
  const { escalations, tickets } = snapshot;
  const open = escalations.filter((escalation) => !escalation.ended_at);
  const past = escalations.length - open.length;
  if (escalations.length === 0 && tickets.length === 0) return null;

  return (
    <div className={styles.facts}>
      {open.map((escalation) => (
        <section key={escalation.id} className={styles.escalation} aria-label="Escalation">
          <p className={styles.reason}>
            <UrgencyBadge urgency={escalation.urgency} />
            <strong>{humanize(escalation.reason)}</strong>
            {escalation.route ? <span className="soft">for {humanize(escalation.route)}</span> : null}
            <time dateTime={escalation.at}>{formatMoment(escalation.at)}</time>
          </p>
          {escalation.summary ? (
            <p className={styles.summary} dir="auto">
              {escalation.summary}
            </p>
          ) : null}
          {escalation.acknowledged_by ? (
            <p className="soft">
              Taken by {escalation.acknowledged_by}
              {escalation.acknowledged_at ? `, ${formatMoment(escalation.acknowledged_at)}` : ''}
            </p>
          ) : null}
        </section>
      ))}
      {tickets.length > 0 ? (
        <details className={styles.tickets} open={open.length === 0}>
          <summary>
            {tickets.length === 1 ? '1 ticket' : `${tickets.length} tickets`}
            {past > 0 ? `, ${past} earlier escalation${past === 1 ? '' : 's'}` : ''}
          </summary>
          <ul>
            {tickets.map((ticket) => (
              <li key={ticket.id}>
                <StatusBadge status={ticket.status} />
                <span className={styles.subject} dir="auto">
                  {ticket.subject}
                </span>
                <span className="soft">
                  {categoryName(ticket.category)}, {priorityName(ticket.priority).toLowerCase()} priority
                </span>
                <span className="mono soft" data-testid="ticket-id">
                  {ticket.id}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
