/** How figures of reports are told. What nothing can be said of is a dash. */

const NOTHING = '–';

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? NOTHING : `${Math.round(share * 100)} %`;
}

/** A sentiment, from 0 to 1. */
export function feeling(sentiment: number | null | undefined): string {
  return sentiment === null || sentiment === undefined ? NOTHING : sentiment.toFixed(2);
}

/** "0.8 s", "42 s", "3 min 5 s", "2 h 10 min". */
export function waited(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return NOTHING;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return together(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  return together(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function together(large: number, largeName: string, small: number, smallName: string): string {
  return small === 0 ? `${large} ${largeName}` : `${large} ${largeName} ${small} ${smallName}`;
}

export function counted(count: number): string {
  return count.toLocaleString('en-GB');
}

/** Money in the currency in which the prices are set, which nobody tells us. */
export function money(amount: number): string {
  return amount.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: amount > 0 && amount < 0.1 ? 4 : 2 });
}
