'use client';

import { useEffect, useState } from 'react';
import { canNotify } from '@/lib/escalation-alert';
import { Icon } from '../shared/icon';
import styles from './notification-button.module.css';

/** Browsers show the question only after a click; once answered, the button has nothing left to do. */
export function NotificationButton() {
  const [permission, setPermission] = useState<NotificationPermission>();

  useEffect(() => {
    if (canNotify()) setPermission(Notification.permission);
  }, []);

  if (permission === undefined || permission === 'granted') return null;
  if (permission === 'denied') {
    return (
      <span className={`soft ${styles.words}`} title="Notifications are blocked in this browser's settings for this site.">
        Notifications off
      </span>
    );
  }
  return (
    <button
      type="button"
      className="button button--small"
      aria-label="Notify me"
      onClick={() => void Notification.requestPermission().then(setPermission)}
    >
      <Icon name="bell" size={16} />
      <span className={styles.words}>Notify me</span>
    </button>
  );
}
