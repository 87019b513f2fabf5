const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The pages speak English: a reader's own form of it, never another language's words inside it. */
const LOCALE =
  typeof navigator !== 'undefined' && /^en\b/.test(navigator.language ?? '') ? navigator.language : 'en-GB';

/** "14:05" today, "Tue 14:05" this week, else the date. */
export function formatMoment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = at.toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return time;
  const distance = Math.abs(now.getTime() - at.getTime());
  const day =
    distance < 6 * DAY
      ? at.toLocaleDateString(LOCALE, { weekday: 'short' })
      : at.toLocaleDateString(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
  return `${day} ${time}`;
}

export function formatDate(iso: string): string {
  const at = new Date(iso);
  // A version may be called "spring 2025", which some browsers would take for a date.
  if (!/^\d{4}-\d\d-\d\d/.test(iso) || Number.isNaN(at.getTime())) return iso;
  // A date without a time is read as UTC; shown in local time it could slip to the day before.
  const timeZone = iso.length === 'YYYY-MM-DD'.length ? 'UTC' : undefined;
  return at.toLocaleDateString(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone });
}

/** "31 Jan", for a day of a calendar such as 2026-01-31. */
export function formatShortDay(day: string): string {
  return new Date(day).toLocaleDateString(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** "just now", "4 min", "2 h 10 min", "3 d". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'just now';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) {
    const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
    const hours = `${Math.floor(milliseconds / HOUR)} h`;
    return minutes === 0 ? hours : `${hours} ${minutes} min`;
  }
  return `${Math.floor(milliseconds / DAY)} d`;
}
