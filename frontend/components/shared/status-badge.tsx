import type { TicketStatus } from '@/lib/types';
import { humanize, TICKET_STATUS } from '@/lib/words';

const TONE: Record<TicketStatus, string> = {
  open: 'badge--info',
  in_progress: 'badge--info',
  waiting: 'badge--warn',
  escalated: 'badge--person',
  resolved: 'badge--good',
  closed: '',
};

export function StatusBadge({ status }: { status: TicketStatus }) {
  return (
    <span className={`badge ${TONE[status] ?? ''}`} data-status={status}>
      {TICKET_STATUS[status] ?? humanize(status)}
    </span>
  );
}
