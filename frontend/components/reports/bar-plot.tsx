import { scaleOf, stackBars } from '@/lib/report-plot';
import { formatDate } from '@/lib/time';
import { PlotFrame } from './plot-frame';
import styles from './plot.module.css';

interface Props {
  title: string;
  days: string[];
  /** What the parts of a bar are called, from below. */
  series: string[];
  /** One bar for each day, of one value for each series. */
  stacks: number[][];
  /** The scale reaches at least to here. */
  least?: number;
  format(value: number): string;
}

export function BarPlot({ title, days, series, stacks, least, format }: Props) {
  const scale = scaleOf(
    stacks.map((stack) => stack.reduce((all, value) => all + value, 0)),
    least,
  );
  return (
    <PlotFrame title={title} days={days} legend={series} scale={scale} format={format}>
      {stackBars(stacks, scale).map(({ place, series: part, ...bar }) => (
        <rect key={`${place} ${part}`} className={styles.bar} data-series={part % 4} {...bar}>
          <title>{`${formatDate(days[place] ?? '')}, ${series[part] ?? ''}: ${format(stacks[place]?.[part] ?? 0)}`}</title>
        </rect>
      ))}
    </PlotFrame>
  );
}
