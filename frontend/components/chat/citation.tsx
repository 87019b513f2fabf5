import { safeHref } from '@/lib/links';
import { formatDate } from '@/lib/time';
import type { Citation as Source } from '@/lib/types';
import { Icon } from '../shared/icon';
import styles from './citation.module.css';

export function Citation({ source }: { source: Source }) {
  const href = safeHref(source.url);
  return (
    <details className={styles.citation} data-testid="citation">
      <summary className={styles.summary}>
        <Icon name="document" size={15} />
        <span className={styles.title} dir="auto">
          {source.title}
          {source.heading ? <span className={styles.heading}> › {source.heading}</span> : null}
          {source.version_date ? (
            <time className={styles.date} dateTime={source.version_date}>
              {formatDate(source.version_date)}
            </time>
          ) : null}
        </span>
      </summary>
      <blockquote className={styles.quote} dir="auto">
        {source.quote}
      </blockquote>
      {href ? (
        <a className={styles.link} href={href} target="_blank" rel="noopener noreferrer">
          Open the document
        </a>
      ) : null}
    </details>
  );
}
