import type { Urgency } from '@/lib/types';
import { humanize } from '@/lib/words';

const TONE: Record<Urgency, string> = {
  urgent: 'badge--bad',
  high: 'badge--bad',
  normal: 'badge--warn',
  low: 'badge--info',
};

export function UrgencyBadge({ urgency }: { urgency: Urgency }) {
  return (
    <span className={`badge ${TONE[urgency] ?? 'badge--warn'}`} data-urgency={urgency}>
      {humanize(urgency)}
    </span>
  );
}
