import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Articles } from '@/components/articles/articles';

export const metadata: Metadata = { title: 'Articles', robots: { index: false } };

export default function Page() {
  return (
    <Suspense fallback={<p role="status">Loading…</p>}>
      <Articles />
    </Suspense>
  );
}
