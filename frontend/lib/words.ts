import {
  type Category,
  type ConversationState,
  type DeliveryStatus,
  type Notice,
  type Priority,
  type TicketStatus,
} from './types';
import { CATEGORIES, PRIORITIES } from './validation';

/** What the contract's values are called in front of people. */

export const TICKET_STATUS: Record<TicketStatus, string> = {
  open: 'Open',
  in_progress: 'In progress',
  waiting: 'Waiting for you',
  escalated: 'With our team',
  resolved: 'Resolved',
  closed: 'Closed',
};

export const NOTICE: Record<Notice, string> = {
  escalated: 'A person was asked to help.',
  claimed: 'A person joined the conversation.',
  handed_back: 'The assistant has the conversation again.',
  resolved: 'This was marked as resolved.',
  cool_down: 'Several messages arrived at once; we are reading all of them.',
  answer_expected: 'A person will answer as soon as possible.',
  closed: 'This ticket is closed.',
};

const CHANNEL: Record<string, string> = { web: 'Web', email: 'Email', whatsapp: 'WhatsApp' };

const DELIVERY: Record<DeliveryStatus, string> = {
  queued: 'On its way',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not delivered',
};

/** Channels may grow with the product: an unknown one is told by its own name. */
export function channelName(channel: string): string {
  return CHANNEL[channel] ?? humanize(channel);
}

export function deliveryName(status: DeliveryStatus): string {
  return DELIVERY[status] ?? humanize(status);
}

/** "outside_window" → words; what a provider says of itself ("… (Twilio 63003)") stays as it is. */
export function deliveryError(error: string): string {
  return error === 'outside_window' ? 'the customer wrote too long ago for WhatsApp' : error;
}

export function categoryName(category: Category): string {
  return CATEGORIES[category] ?? humanize(category);
}

export function priorityName(priority: Priority): string {
  return PRIORITIES[priority] ?? humanize(priority);
}

/** "refund_request" → "Refund request": reasons grow with the rules, so they are not listed here. */
export function humanize(value: string): string {
  const words = value.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function holderName(state: ConversationState): string {
  if (state.held_by === 'operator') return state.operator ?? 'A person';
  return state.held_by === 'waiting' ? 'Waiting for a person' : 'Assistant';
}

export function sentimentName(sentiment: number): 'upset' | 'neutral' | 'pleased' {
  if (sentiment < 0.3) return 'upset'; // Below this the rules hand over to a person.
  return sentiment < 0.65 ? 'neutral' : 'pleased';
}
