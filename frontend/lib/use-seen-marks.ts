'use client';

import { useEffect, useRef } from 'react';
import { markOf } from './seen';
import { markSeen } from './support-api';

/** So long an answer is before somebody's eyes before it counts as seen; it also makes one mark of several. */
const LOOKED_FOR_MS = 1_000;

/** Tells the server how far the conversation was shown, while the page can be seen: what was seen is not mailed as well. */
export function useSeenMarks(token: string, through: number, followAfter?: string | null): void {
  const marked = useRef(0);
  const counted = useRef(markOf(followAfter));

  useEffect(() => {
    // Places in another conversation are others: what was marked there says nothing here.
    if (counted.current !== markOf(followAfter)) {
      counted.current = markOf(followAfter);
      marked.current = 0;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;

    function look(): void {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible' || through <= marked.current) return;
      timer = setTimeout(() => {
        markSeen(token, through, followAfter).then(
          () => {
            marked.current = Math.max(marked.current, through);
          },
          () => undefined, // The answer goes by mail then, which does no harm.
        );
      }, LOOKED_FOR_MS);
    }

    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [token, through, followAfter]);
}
