import type { ConversationState } from '@/lib/types';
import { formatMoment } from '@/lib/time';
import { Icon } from './icon';
import styles from './held-by.module.css';

/** Who has the conversation: both sides always see the same answer. */
export function HeldBy({ state }: { state: ConversationState }) {
  return (
    <span className={styles.heldBy} data-testid="held-by" data-held-by={state.held_by} role="status">
      <span className={styles.face}>
        <Icon name={state.held_by === 'assistant' ? 'assistant' : 'person'} size={16} />
      </span>
      <span>{sentence(state)}</span>
    </span>
  );
}

function sentence(state: ConversationState): string {
  switch (state.held_by) {
    case 'assistant':
      return 'The assistant has this conversation';
    case 'operator':
      return `${state.operator ?? 'A person'} has this conversation`;
    case 'waiting': {
      const expected = state.escalation?.answer_expected;
      return expected
        ? `Waiting for a person, expected by ${formatMoment(expected)}`
        : 'Waiting for a person';
    }
  }
}
