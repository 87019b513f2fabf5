import type { Metadata } from 'next';
import { SiteHeader } from '@/components/shared/site-header';
import { LinkedConversation } from '@/components/support/linked-conversation';

export const metadata: Metadata = { title: 'Your conversation', robots: { index: false } };

export default function ChatPage() {
  return (
    <>
      <SiteHeader room="Support" />
      <main className="page">
        <LinkedConversation />
      </main>
    </>
  );
}
