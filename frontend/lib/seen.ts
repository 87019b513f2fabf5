import type { Message } from './types';

/** The part of a follow_after that tells in whose conversation places count; empty for the token's own. */
export function markOf(followAfter?: string | null): string {
  return /\.(.+)$/.exec(followAfter ?? '')?.[1] ?? '';
}

/**
 * Up to which message everything that was said to the customer has been shown. A page that leaves some out, since they
 * belong to another matter, has not shown what comes after them either.
 */
export function seenThrough(messages: readonly Message[], isShown: (message: Message) => boolean = () => true): number {
  let through = 0;
  for (const message of messages) {
    if (message.author !== 'customer' && !isShown(message)) break;
    through = message.sequence;
  }
  return through;
}
