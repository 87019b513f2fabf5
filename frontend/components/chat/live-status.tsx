'use client';

import { useEffect, useState } from 'react';
import styles from './live-status.module.css';

/** After this long the customer hears that it takes long, instead of wondering. */
const SLOW_AFTER_MS = 20_000;

/** What the assistant is doing right now; never a word of an answer that is not decided yet. */
export function LiveStatus({ working, status }: { working: boolean; status?: string }) {
  const active = working || status !== undefined;
  const [slow, setSlow] = useState(false);

  useEffect(() => {
    setSlow(false);
    if (!active) return;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [active]);

  return (
    <div className={styles.region} role="status" aria-label="What the assistant is doing">
      {active ? (
        <p className={styles.status}>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>
            {capitalize(status ?? 'working on it')}…
            {slow ? ' This takes longer than usual; you can ask for a person at any time.' : ''}
          </span>
        </p>
      ) : null}
    </div>
  );
}

function capitalize(text: string): string {
  const trimmed = text.replace(/[.…]+$/, '');
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}
