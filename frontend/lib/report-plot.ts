/** Where bars and points of a plot stand, in the units of its drawing; nothing here knows what is drawn. */

export const PLOT = { width: 640, height: 180, left: 44, right: 20, top: 10, bottom: 22 } as const;

const INNER_WIDTH = PLOT.width - PLOT.left - PLOT.right;
const INNER_HEIGHT = PLOT.height - PLOT.top - PLOT.bottom;
const TICKS = 4;

export interface Tick {
  value: number;
  y: number;
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  place: number;
  series: number;
}

export interface Scale {
  top: number;
  ticks: Tick[];
  y(value: number): number;
}

/** From zero to a round number that holds all values. */
export function scaleOf(values: readonly number[], least = 0): Scale {
  const largest = Math.max(least, 0, ...values.filter(Number.isFinite));
  const step = roundStep(largest / TICKS);
  const top = Math.max(Math.ceil(largest / step - 1e-9), 1) * step;
  const y = (value: number) => PLOT.top + INNER_HEIGHT * (1 - Math.min(Math.max(value, 0), top) / top);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => {
    const value = Number((index * step).toPrecision(12));
    return { value, y: y(value) };
  });
  return { top, ticks, y };
}

/** 1, 2 or 5 with zeros, and no smaller than what is asked for. */
function roundStep(step: number): number {
  if (!(step > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  const rounded = [1, 2, 5, 10].find((factor) => factor * power >= step * (1 - 1e-9)) ?? 10;
  return Number((rounded * power).toPrecision(12));
}

/** The middle of a place among so many. */
export function placeX(place: number, places: number): number {
  return PLOT.left + (INNER_WIDTH * (place + 0.5)) / Math.max(places, 1);
}

/** How wide one place is. */
export function placeWidth(places: number): number {
  return INNER_WIDTH / Math.max(places, 1);
}

/** Bars that stand on each other, one stack for each place; nothing is drawn of a zero. */
export function stackBars(stacks: readonly (readonly number[])[], scale: Scale): Bar[] {
  const width = Math.min(placeWidth(stacks.length) * 0.72, 40);
  return stacks.flatMap((stack, place) => {
    let below = 0;
    const bars: Bar[] = [];
    stack.forEach((value, series) => {
      if (!(value > 0)) return;
      const y = scale.y(below + value);
      bars.push({ x: placeX(place, stacks.length) - width / 2, y, width, height: scale.y(below) - y, place, series });
      below += value;
    });
    return bars;
  });
}

/** A line through what is known: where a value is missing it is broken, and one that stands alone is a short dash. */
export function linePath(values: readonly (number | undefined)[], scale: Scale): string {
  const parts: string[] = [];
  values.forEach((value, place) => {
    if (value === undefined) return;
    const [x, y] = [placeX(place, values.length), scale.y(value)];
    const goesOn = place > 0 && values[place - 1] !== undefined;
    parts.push(`${goesOn ? 'L' : 'M'}${round(x)} ${round(y)}`);
    if (!goesOn && values[place + 1] === undefined) parts.push('h3');
  });
  return parts.join('');
}

/** Which of so many places get a name below them, so that names do not run into each other. */
export function namedPlaces(places: number, most = 8): number[] {
  if (places === 0) return [];
  const step = Math.ceil(places / most);
  // From the last one backwards: the latest day is always named.
  return Array.from({ length: Math.ceil(places / step) }, (_, index) => places - 1 - index * step).reverse();
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
