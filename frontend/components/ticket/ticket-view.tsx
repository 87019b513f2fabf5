'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { ConversationView } from '@/lib/conversation-view';
import { seenThrough } from '@/lib/seen';
import { CONVERSATION_EVENTS, getTicket } from '@/lib/support-api';
import type { Message, TicketSnapshot } from '@/lib/types';
import { type ConversationSource, useLiveConversation } from '@/lib/use-live-conversation';
import { useSeenMarks } from '@/lib/use-seen-marks';
import { categoryName, priorityName } from '@/lib/words';
import { LiveStatus } from '../chat/live-status';
import { Transcript } from '../chat/transcript';
import { ConnectionState } from '../shared/connection-state';
import { HeldBy } from '../shared/held-by';
import { StatusBadge } from '../shared/status-badge';
import { TicketNotVisible } from './ticket-page';
import { TicketTimeline } from './ticket-timeline';
import styles from './ticket-view.module.css';

export function TicketView({ id, token }: { id: string; token: string }) {
  const source = useMemo<ConversationSource<TicketSnapshot>>(
    () => ({
      self: 'customer',
      load: (signal) => getTicket(id, token, signal),
      events: { url: CONVERSATION_EVENTS, headers: { Authorization: `Bearer ${token}` } },
      reloadOnState: true,
    }),
    [id, token],
  );
  const { view, snapshot, connection, refused, trouble, retry, discard } = useLiveConversation(source);
  useSeenMarks(token, snapshot ? seenThrough(view.messages, (message) => isOfTicket(message, id)) : 0, snapshot?.follow_after);

  if (refused) return <TicketNotVisible id={id} />;
  if (!snapshot) {
    return trouble ? (
      <p className="alert" role="alert">
        {trouble}
      </p>
    ) : (
      <p role="status">Loading…</p>
    );
  }

  const { ticket } = snapshot;
  const state = view.state ?? snapshot.state;
  return (
    <>
      <div className={styles.top}>
        <p className="soft">
          Ticket{' '}
          <span className="mono" data-testid="ticket-id">
            {ticket.id}
          </span>
        </p>
        <ConnectionState connection={connection} />
      </div>
      <div className={styles.top}>
        <h1 className={styles.subject} dir="auto">
          {ticket.subject}
        </h1>
        <StatusBadge status={ticket.status} />
      </div>

      <section className="card" aria-label="Ticket status">
        <dl className={styles.facts}>
          <div>
            <dt>Category</dt>
            <dd>{categoryName(ticket.category)}</dd>
          </div>
          <div>
            <dt>Priority</dt>
            <dd>{priorityName(ticket.priority)}</dd>
          </div>
          <div>
            <dt>Conversation</dt>
            <dd>
              <HeldBy state={state} />
            </dd>
          </div>
        </dl>
        <TicketTimeline ticket={ticket} />
      </section>

      <section className={`card ${styles.messages}`} aria-label="Messages">
        <Transcript view={ofTicket(view, ticket.id)} onRetry={retry} onDiscard={discard}>
          <LiveStatus working={state.working} status={view.status} />
        </Transcript>
      </section>

      <p>
        <Link href="/" className="button button--primary" prefetch={false}>
          Continue the conversation
        </Link>
      </p>
    </>
  );
}

/** The live stream carries the whole conversation; this page is about one matter of it. */
function ofTicket(view: ConversationView, id: string): ConversationView {
  return {
    ...view,
    messages: view.messages.filter((message) => isOfTicket(message, id)),
  };
}

function isOfTicket(message: Message, id: string): boolean {
  return !message.ticket_id || message.ticket_id === id;
}
