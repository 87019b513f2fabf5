import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Console } from '@/components/console/console';

export const metadata: Metadata = { title: 'Console', robots: { index: false } };

export default function Page() {
  return (
    <Suspense fallback={<p role="status">Loading…</p>}>
      <Console />
    </Suspense>
  );
}
