/** Days as the reports name them, such as 2026-01-31: a calendar's days, which have no hours and no time zone here. */

export interface Period {
  from: string;
  to: string;
}

/** As many as the server tells at once. */
export const MOST_DAYS = 92;

const DAY_MS = 86_400_000;

export function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && addDays(value, 0) === value;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a period has, both ends among them. */
export function countDays({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** Each day of a period. */
export function daysOf(period: Period): string[] {
  return Array.from({ length: Math.max(countDays(period), 0) }, (_, index) => addDays(period.from, index));
}

/** The days up to and with this one. */
export function lastDays(count: number, today: string): Period {
  return { from: addDays(today, 1 - count), to: today };
}

/** Why a period cannot be shown, in a sentence; undefined where it can. */
export function periodProblem(period: Period): string | undefined {
  if (!isDay(period.from) || !isDay(period.to)) return 'Choose both days.';
  const days = countDays(period);
  if (days < 1) return 'The first day must not be after the last one.';
  return days > MOST_DAYS ? `At most ${MOST_DAYS} days can be shown at once.` : undefined;
}
