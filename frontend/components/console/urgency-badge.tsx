import { humanize } from '@/lib/words';

const TONE: Record<string, string> = {
  urgent: 'badge--bad',
  critical: 'badge--bad',
  high: 'badge--bad',
  medium: 'badge--warn',
  normal: 'badge--warn',
  low: 'badge--info',
};

export function UrgencyBadge({ urgency }: { urgency: string }) {
  return (
    <span className={`badge ${TONE[urgency] ?? 'badge--warn'}`} data-urgency={urgency}>
      {humanize(urgency)}
    </span>
  );
}
