import { call } from './api';
import type { AcceptedMessage, ConversationPage, ConversationState, CustomerMerge, CustomerSummary, OperatorSession, OperatorSnapshot } from './types';

export const QUEUE_EVENTS = '/api/events';
const PAGE_SIZE = 50;

export type QueueFilter = 'person' | 'all';

export function getSession(signal?: AbortSignal) {
  return call<OperatorSession>('/api/session', { signal });
}

export function signIn(key: string) {
  return call<OperatorSession>('/api/session', { method: 'POST', body: { key } });
}

export function signOut(csrfToken: string) {
  return call<void>('/api/session', { method: 'DELETE', csrfToken });
}

export function listConversations(needs: QueueFilter, cursor?: string, signal?: AbortSignal) {
  const query = new URLSearchParams({ needs, limit: String(PAGE_SIZE) });
  if (cursor) query.set('cursor', cursor);
  return call<ConversationPage>(`/api/conversations?${query}`, { signal });
}

export function conversationPath(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}

export function getOperatorConversation(id: string, signal?: AbortSignal) {
  return call<OperatorSnapshot>(conversationPath(id), { signal });
}

interface StateAnswer {
  state: ConversationState;
}

/** Takes the conversation; `fromHolder` takes it even from the operator who has it. */
export function claim(id: string, csrfToken: string, fromHolder: boolean) {
  const how = fromHolder ? '?from_holder=true' : '';
  return call<StateAnswer>(`${conversationPath(id)}/handoff${how}`, { method: 'PUT', csrfToken });
}

export function handBack(id: string, csrfToken: string) {
  return call<StateAnswer>(`${conversationPath(id)}/handoff`, { method: 'DELETE', csrfToken });
}

export function reply(id: string, text: string, idempotencyKey: string, csrfToken: string) {
  return call<AcceptedMessage>(`${conversationPath(id)}/messages`, {
    method: 'POST',
    body: { text },
    idempotencyKey,
    csrfToken,
  });
}

export function addNote(id: string, text: string, idempotencyKey: string, csrfToken: string) {
  return call<unknown>(`${conversationPath(id)}/notes`, {
    method: 'POST',
    body: { text },
    idempotencyKey,
    csrfToken,
  });
}

export function resolve(id: string, notes: string, csrfToken: string) {
  return call<StateAnswer>(`${conversationPath(id)}/resolution`, {
    method: 'PUT',
    body: { notes },
    csrfToken,
  });
}

export function searchCustomers(query: string, signal?: AbortSignal) {
  return call<{ customers: CustomerSummary[] }>(`/api/customers?${new URLSearchParams({ query })}`, { signal });
}

function customerPath(id: string): string {
  return `/api/customers/${encodeURIComponent(id)}`;
}

export function listMerges(id: string, signal?: AbortSignal) {
  return call<{ merges: CustomerMerge[] }>(`${customerPath(id)}/merges`, { signal });
}

/** Says that two customers are one person; answers with whom contact goes on. */
export function mergeCustomers(id: string, into: string, reason: string, csrfToken: string) {
  return call<{ merge?: string | null; into: string }>(`${customerPath(id)}/merge`, {
    method: 'POST',
    body: { into, reason },
    csrfToken,
  });
}

export function undoMerge(id: string, merge: string, csrfToken: string) {
  return call<void>(`${customerPath(id)}/merges/${encodeURIComponent(merge)}`, { method: 'DELETE', csrfToken });
}
