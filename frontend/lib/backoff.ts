export interface Backoff {
  firstDelayMs: number;
  longestDelayMs: number;
}

export const DEFAULT_BACKOFF: Backoff = { firstDelayMs: 500, longestDelayMs: 15_000 };

/**
 * The pause before attempt `failures + 1`: doubling, capped, and spread over its upper half so that
 * a thousand pages cut off by one restart do not come back in the same instant.
 */
export function delayAfter(
  failures: number,
  backoff: Backoff = DEFAULT_BACKOFF,
  random: () => number = Math.random,
): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 30);
  const ceiling = Math.min(backoff.longestDelayMs, backoff.firstDelayMs * 2 ** doublings);
  return Math.round(ceiling * (0.5 + random() / 2));
}
