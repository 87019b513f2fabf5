'use client';

import { useState } from 'react';
import { ratingThanks } from '@/lib/rating';
import type { Message } from '@/lib/types';
import { Icon } from '../shared/icon';
import styles from './rating-buttons.module.css';

interface Props {
  message: Message;
  onRate(id: string, helpful: boolean): Promise<void>;
}

/** Did this help? The last word counts. */
export function RatingButtons({ message, onRate }: Props) {
  const [busy, setBusy] = useState(false);

  async function rate(helpful: boolean): Promise<void> {
    if (busy || message.helpful === helpful) return;
    setBusy(true);
    try {
      await onRate(message.id, helpful);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={styles.rating} role="group" aria-label="Did this help?">
      <button
        type="button"
        className={styles.thumb}
        aria-pressed={message.helpful === true}
        aria-label="This helped"
        title="This helped"
        onClick={() => void rate(true)}
      >
        <Icon name="good" size={16} />
      </button>
      <button
        type="button"
        className={styles.thumb}
        aria-pressed={message.helpful === false}
        aria-label="This did not help"
        title="This did not help"
        onClick={() => void rate(false)}
      >
        <Icon name="poor" size={16} />
      </button>
      <span className={styles.thanks} role="status">
        {ratingThanks(message.helpful)}
      </span>
    </div>
  );
}
