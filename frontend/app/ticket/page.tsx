import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SiteHeader } from '@/components/shared/site-header';
import { TicketPage } from '@/components/ticket/ticket-page';

export const metadata: Metadata = { title: 'Ticket status', robots: { index: false } };

export default function Page() {
  return (
    <>
      <SiteHeader room="Support" />
      <main className="page page--narrow">
        {/* The ticket's id is in the address, which an exported page learns in the browser only. */}
        <Suspense fallback={<p role="status">Loading…</p>}>
          <TicketPage />
        </Suspense>
      </main>
    </>
  );
}
