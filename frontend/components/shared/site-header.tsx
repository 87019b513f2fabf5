import Link from 'next/link';
import type { ReactNode } from 'react';
import { PRODUCT_NAME } from '@/lib/product';
import styles from './site-header.module.css';

export function SiteHeader({ room, children }: { room: string; children?: ReactNode }) {
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand} prefetch={false}>
        <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <path
            className={styles.mark}
            d="M9 4h14a6 6 0 0 1 6 6v8a6 6 0 0 1-6 6h-7l-7 5v-5a6 6 0 0 1-6-6v-8a6 6 0 0 1 6-6Z"
          />
          <path className={styles.tick} d="m10.5 14.5 4 4 7.5-8" />
        </svg>
        <span>
          {PRODUCT_NAME} <span className={styles.room}>{room}</span>
        </span>
      </Link>
      <div className={styles.extra}>{children}</div>
    </header>
  );
}
