import { linePath, placeX, scaleOf } from '@/lib/report-plot';
import { formatDate } from '@/lib/time';
import { PlotFrame } from './plot-frame';
import styles from './plot.module.css';

interface Props {
  title: string;
  days: string[];
  /** One value for each day, undefined where nothing is known. */
  lines: { name: string; values: (number | undefined)[] }[];
  /** The scale reaches at least to here. */
  least?: number;
  format(value: number): string;
}

export function LinePlot({ title, days, lines, least, format }: Props) {
  const scale = scaleOf(
    lines.flatMap((line) => line.values.filter((value) => value !== undefined)),
    least,
  );
  return (
    <PlotFrame title={title} days={days} legend={lines.map((line) => line.name)} scale={scale} format={format}>
      {lines.map((line, series) => (
        <g key={line.name} data-series={series % 4} className={styles.line}>
          <path d={linePath(line.values, scale)} />
          {line.values.map((value, place) =>
            value === undefined ? null : (
              <circle key={days[place]} cx={placeX(place, days.length)} cy={scale.y(value)} r={2.5}>
                <title>{`${formatDate(days[place] ?? '')}, ${line.name}: ${format(value)}`}</title>
              </circle>
            ),
          )}
        </g>
      ))}
    </PlotFrame>
  );
}
