import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Reports } from '@/components/reports/reports';

export const metadata: Metadata = { title: 'Reports', robots: { index: false } };

export default function Page() {
  return (
    <Suspense fallback={<p role="status">Loading…</p>}>
      <Reports />
    </Suspense>
  );
}
