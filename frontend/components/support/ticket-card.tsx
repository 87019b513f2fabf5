import Link from 'next/link';
import { ticketPage } from '@/lib/links';
import type { Ticket } from '@/lib/types';
import { StatusBadge } from '../shared/status-badge';
import styles from './ticket-card.module.css';

export function TicketCard({ ticket }: { ticket: Ticket }) {
  return (
    <section className={`card ${styles.card}`} aria-label={`Ticket ${ticket.id}`}>
      <div className={styles.top}>
        <p className={styles.subject} dir="auto">
          {ticket.subject}
        </p>
        <StatusBadge status={ticket.status} />
      </div>
      <p className={styles.idLine}>
        Ticket{' '}
        <Link href={ticketPage(ticket.id)} className={styles.id} prefetch={false}>
          <span data-testid="ticket-id">{ticket.id}</span>
        </Link>
      </p>
    </section>
  );
}
