'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { isTicketId, ticketPage } from '@/lib/links';
import { FormField } from '../support/form-field';

export function TicketLookup({ problem }: { problem?: string }) {
  const router = useRouter();
  const [id, setId] = useState('');
  const [error, setError] = useState(problem);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const typed = id.trim().toUpperCase();
    if (isTicketId(typed)) router.push(ticketPage(typed));
    else setError('A ticket id has 26 letters and digits, such as 01JZ8R4W6T9VQ2X5Y7B3C0D1EF.');
  }

  return (
    <>
      <h1>Ticket status</h1>
      <p className="soft">Enter the ticket id from your confirmation.</p>
      <form className="card" onSubmit={submit} noValidate>
        <FormField id="ticket" label="Ticket id" error={error}>
          {(attributes) => (
            <input
              {...attributes}
              className="mono"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              value={id}
              onChange={(event) => setId(event.target.value)}
            />
          )}
        </FormField>
        <button type="submit" className="button button--primary">
          Show status
        </button>
      </form>
    </>
  );
}
