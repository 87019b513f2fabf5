import Link from 'next/link';
import { ticketPage } from '@/lib/links';
import type { Receipt } from '@/lib/types';
import { Icon } from '../shared/icon';
import styles from './ticket-card.module.css';

/** The proof that a request arrived, with the number to ask about it. */
export function ReceiptCard({ receipt }: { receipt: Receipt }) {
  return (
    <section className={`card ${styles.card} ${styles.receipt}`} role="status" aria-label="Request received">
      <p className={styles.title}>
        <Icon name="check" /> We have your request
      </p>
      <p className={styles.detail}>{receipt.message}</p>
      <p className={styles.idLine}>
        Ticket{' '}
        <Link href={ticketPage(receipt.ticket_id)} className={styles.id} prefetch={false}>
          <span data-testid="ticket-id">{receipt.ticket_id}</span>
        </Link>
      </p>
      {receipt.estimated_response_time ? (
        <p className={styles.detail}>Estimated response: {receipt.estimated_response_time}</p>
      ) : null}
    </section>
  );
}
