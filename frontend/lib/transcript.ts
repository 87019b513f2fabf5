import type { ConversationState, Message } from './types';

/** A message the customer or operator sent that the record has not shown us yet. */
export interface PendingMessage {
  /** Also the Idempotency-Key: a retry is the same message, not a second one. */
  key: string;
  text: string;
  at: string;
  delivery: 'sending' | 'sent' | 'failed';
  /** Known once the server has accepted it. */
  messageId?: string;
  /** The last sequence seen when it was written; its own must be higher. */
  afterSequence: number;
  problem?: string;
}

/** Merges by sequence: late, repeated and out-of-order arrivals all end in one ordered transcript. */
export function mergeMessages(known: readonly Message[], arrived: readonly Message[]): Message[] {
  if (arrived.length === 0) return known as Message[];
  const last = known[known.length - 1];
  const first = arrived[0];
  if (arrived.length === 1 && first && (!last || first.sequence > last.sequence)) {
    return [...known, first];
  }
  const bySequence = new Map<number, Message>();
  for (const message of known) bySequence.set(message.sequence, message);
  for (const message of arrived) bySequence.set(message.sequence, message);
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
}

/**
 * Drops what the record already shows. The live stream can be faster than the answer to the POST
 * (or the answer can be lost), so a pending message without an id is recognised by its text.
 */
export function withoutArrived(
  pending: readonly PendingMessage[],
  messages: readonly Message[],
  author: 'customer' | 'operator',
): PendingMessage[] {
  const taken = new Set<number>();
  return pending.filter((waiting) => {
    const twin = messages.find(
      (message) =>
        !taken.has(message.sequence) &&
        (message.id === waiting.messageId ||
          message.id === waiting.key ||
          (waiting.messageId === undefined &&
            message.author === author &&
            message.sequence > waiting.afterSequence &&
            message.text.trim() === waiting.text.trim())),
    );
    if (twin) taken.add(twin.sequence);
    return twin === undefined;
  });
}

/** Snapshots and events race; the higher version is the truth. */
export function newerState(
  known: ConversationState | undefined,
  arrived: ConversationState,
): ConversationState {
  return known !== undefined && known.version > arrived.version ? known : arrived;
}

export function lastSequence(messages: readonly Message[]): number {
  return messages[messages.length - 1]?.sequence ?? 0;
}
