import type { Connection } from '@/lib/events';
import styles from './connection-state.module.css';

const WORDS: Record<Connection, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  refused: 'Not connected',
};

export function ConnectionState({ connection }: { connection: Connection }) {
  return (
    <span className={styles.state} data-connection={connection} role="status">
      <span className={styles.dot} aria-hidden="true" />
      {WORDS[connection]}
    </span>
  );
}
