import type { ReactNode } from 'react';
import { namedPlaces, placeX, PLOT, type Scale } from '@/lib/report-plot';
import { formatShortDay } from '@/lib/time';
import styles from './plot.module.css';

interface Props {
  title: string;
  days: string[];
  legend: string[];
  scale: Scale;
  format(value: number): string;
  children: ReactNode;
}

/** Axes, names and legend around whatever is drawn. The tables below tell the same to those who cannot see it. */
export function PlotFrame({ title, days, legend, scale, format, children }: Props) {
  return (
    <figure className={styles.plot}>
      <figcaption>
        <strong>{title}</strong>
        {legend.length > 1 ? (
          <ul className={styles.legend}>
            {legend.map((name, series) => (
              <li key={name} data-series={series % 4}>
                {name}
              </li>
            ))}
          </ul>
        ) : null}
      </figcaption>
      <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} role="img" aria-label={`${title}, by day`}>
        {scale.ticks.map((tick) => (
          <g key={tick.value}>
            <line className={styles.grid} x1={PLOT.left} x2={PLOT.width - PLOT.right} y1={tick.y} y2={tick.y} />
            <text className={styles.name} x={PLOT.left - 6} y={tick.y + 3} textAnchor="end">
              {format(tick.value)}
            </text>
          </g>
        ))}
        {namedPlaces(days.length).map((place) => (
          <text key={place} className={styles.name} x={placeX(place, days.length)} y={PLOT.height - 6} textAnchor="middle">
            {formatShortDay(days[place] ?? '')}
          </text>
        ))}
        {children}
      </svg>
    </figure>
  );
}
