import type { Message } from './types';

/** Only what the assistant answered can be rated: a person is told in words, and that one will come is no answer. */
export function canBeRated(message: Message): boolean {
  return message.author === 'assistant' && message.kind === 'text' && !message.notice;
}

/** What is said to whoever has rated an answer. */
export function ratingThanks(helpful: boolean | null | undefined): string | undefined {
  if (typeof helpful !== 'boolean') return undefined;
  return helpful ? 'Thank you.' : 'Thank you. Ask again in other words, or talk to a person.';
}
