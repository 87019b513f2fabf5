import { formatMoment } from '@/lib/time';
import type { Ticket } from '@/lib/types';
import styles from './ticket-timeline.module.css';

interface Step {
  name: string;
  at?: string | null;
  expected?: string | null;
}

export function TicketTimeline({ ticket }: { ticket: Ticket }) {
  const steps: Step[] = [
    { name: 'Received', at: ticket.opened_at },
    { name: 'First answer', at: ticket.first_response_at, expected: ticket.first_response_due },
    { name: ticket.status === 'closed' ? 'Closed' : 'Resolved', at: ticket.resolved_at },
  ];
  return (
    <>
      <ol className={styles.timeline}>
        {steps.map((step) => (
          <li key={step.name} className={styles.step} data-done={step.at ? '' : undefined}>
            <span className={styles.name}>{step.name}</span>
            <span className={styles.time}>{timeOf(step)}</span>
          </li>
        ))}
      </ol>
      {ticket.resolution_notes ? (
        <p className={styles.resolution} dir="auto">
          {ticket.resolution_notes}
        </p>
      ) : null}
    </>
  );
}

function timeOf(step: Step): string {
  if (step.at) return formatMoment(step.at);
  return step.expected ? `expected by ${formatMoment(step.expected)}` : 'not yet';
}
