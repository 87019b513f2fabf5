'use client';

import { useEffect, useState } from 'react';
import { replayDuration, visibleLength } from '@/lib/replay';
import styles from './replayed-text.module.css';

/**
 * Text that was decided already, shown as if it were being typed. All of it is in the page from the
 * first moment (nothing jumps, a screen reader gets it whole); the rest is only not painted yet.
 */
export function ReplayedText({ text }: { text: string }) {
  const [visible, setVisible] = useState(0);

  useEffect(() => {
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setVisible(text.length);
      return;
    }
    const duration = replayDuration(text);
    const begun = performance.now();
    let frame = requestAnimationFrame(function paint(now: number) {
      const share = duration === 0 ? 1 : (now - begun) / duration;
      setVisible(visibleLength(text, share));
      if (share < 1) frame = requestAnimationFrame(paint);
    });
    return () => cancelAnimationFrame(frame);
  }, [text]);

  return (
    <>
      {text.slice(0, visible)}
      {visible < text.length ? <span className={styles.unseen}>{text.slice(visible)}</span> : null}
    </>
  );
}
