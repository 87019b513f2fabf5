import { formatMoment } from '@/lib/time';
import type { Delivery } from '@/lib/types';
import { channelName, deliveryError, deliveryName } from '@/lib/words';
import { Icon, type IconName } from '../shared/icon';
import styles from './delivery-marks.module.css';

/** How far a message has come, by each channel that it went by. */
export function DeliveryMarks({ deliveries }: { deliveries: readonly Delivery[] }) {
  return (
    <ul className={styles.marks} data-testid="deliveries">
      {deliveries.map((delivery) => (
        <li key={delivery.channel} className={styles.mark} data-status={delivery.status} title={formatMoment(delivery.at)}>
          <Icon name={iconOf(delivery)} size={14} />
          <span>
            {channelName(delivery.channel)}: {deliveryName(delivery.status).toLowerCase()}
            {delivery.error ? ` (${deliveryError(delivery.error)})` : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}

function iconOf({ status }: Delivery): IconName {
  switch (status) {
    case 'queued':
      return 'clock';
    case 'sent':
      return 'check';
    case 'delivered':
    case 'read':
      return 'checks';
    case 'failed':
      return 'alert';
  }
}
