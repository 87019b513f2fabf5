import Link from 'next/link';
import { SiteHeader } from '@/components/shared/site-header';

export const metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <>
      <SiteHeader room="Support" />
      <main className="page page--narrow">
        <h1>There is no such page</h1>
        <p>The address may be mistyped, or the page has moved.</p>
        <p>
          <Link href="/" className="button button--primary" prefetch={false}>
            Go to support
          </Link>
        </p>
      </main>
    </>
  );
}
