'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useConversationToken } from '@/lib/conversation-token';
import { isTicketId } from '@/lib/links';
import { TicketLookup } from './ticket-lookup';
import { TicketView } from './ticket-view';

export function TicketPage() {
  const id = (useSearchParams().get('id') ?? '').trim();
  const token = useConversationToken();

  if (id === '') return <TicketLookup />;
  if (!isTicketId(id)) {
    return <TicketLookup problem={`“${id}” is not a ticket id. It has 26 letters and digits.`} />;
  }
  if (token === undefined) return <p role="status">Loading…</p>;
  if (token === null) return <TicketNotVisible id={id} />;
  return <TicketView key={`${token}/${id}`} id={id} token={token} />;
}

/** The server answers the same for "no such ticket" and "not yours"; so does the page. */
export function TicketNotVisible({ id }: { id: string }) {
  return (
    <>
      <h1>This ticket can’t be seen from this browser</h1>
      <p>
        For your privacy, ticket{' '}
        <span className="mono" data-testid="ticket-id">
          {id}
        </span>{' '}
        opens only in the browser in which it was created. If you wrote to us from another device, look
        there, or check that the id is complete.
      </p>
      <p>
        <Link href="/" className="button button--primary" prefetch={false}>
          Contact support
        </Link>
      </p>
    </>
  );
}
