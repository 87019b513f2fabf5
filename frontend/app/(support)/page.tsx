import { SiteHeader } from '@/components/shared/site-header';
import { SupportHome } from '@/components/support/support-home';

export default function SupportPage() {
  return (
    <>
      <SiteHeader room="Support" />
      <main className="page">
        <SupportHome />
      </main>
    </>
  );
}
