import type { CustomerIdentifier, CustomerSummary } from './types';
import { humanize } from './words';

/** The console finds at most so many, those seen last; whoever looks for all of them has to know that there may be more. */
export const FOUND_AT_MOST = 50;

const TAIL_OF_ID = 6;

const KIND: Record<string, string> = { email: 'Email', phone: 'Phone', external: 'Other' };

/** What a customer is called in front of operators: two visitors without a name are still told apart. */
export function customerName(customer: CustomerSummary): string {
  return customer.name || customer.email || customer.phone || `Visitor ${customer.id.slice(-TAIL_OF_ID)}`;
}

/** How a customer can be recognised, what they have proved first. */
export function identifiersOf(customer: CustomerSummary): CustomerIdentifier[] {
  return [...(customer.identifiers ?? [])].sort((one, other) => Number(other.proved) - Number(one.proved));
}

export function identifierKind(identifier: CustomerIdentifier): string {
  return KIND[identifier.kind] ?? humanize(identifier.kind);
}

/** What a search for customers ended with, in a sentence. */
export function foundSentence(shown: number, mayBeMore: boolean): string {
  if (mayBeMore) return `These ${shown} were seen last. There may be more: use more words.`;
  if (shown === 0) return 'Nobody is known by that.';
  return shown === 1 ? 'One customer is known by that.' : `${shown} customers are known by that.`;
}
