import { call } from './api';
import type { AcceptedMessage, AddressKind, ConversationSnapshot, ConversationState, Receipt, SupportRequest, TicketSnapshot, Verified } from './types';

export const CONVERSATION_EVENTS = '/support/conversation/events';

export function submitRequest(request: SupportRequest, idempotencyKey: string, token?: string) {
  return call<Receipt>('/support/submit', { method: 'POST', body: request, idempotencyKey, token });
}

export function startConversation(text: string, idempotencyKey: string) {
  return call<Receipt>('/support/conversation', { method: 'POST', body: { text }, idempotencyKey });
}

export function getConversation(token: string, signal?: AbortSignal) {
  return call<ConversationSnapshot>('/support/conversation', { token, signal });
}

export function sendMessage(token: string, text: string, idempotencyKey: string) {
  return call<AcceptedMessage>('/support/conversation/messages', {
    method: 'POST',
    body: { text },
    idempotencyKey,
    token,
  });
}

export function askForPerson(token: string, idempotencyKey: string) {
  return call<{ state: ConversationState }>('/support/conversation/escalation', {
    method: 'PUT',
    body: {},
    idempotencyKey,
    token,
  });
}

/** Has a code sent to an address that the customer says is theirs. */
export function askForCode(token: string, kind: AddressKind, value: string) {
  return call<{ sent: boolean }>('/support/conversation/identifiers', {
    method: 'POST',
    body: { kind, value },
    token,
  });
}

export function giveCode(token: string, code: string) {
  return call<Verified>('/support/conversation/identifiers/verify', {
    method: 'POST',
    body: { code },
    token,
  });
}

/** `followAfter` came with what was shown, and tells in whose conversation the sequence counts. */
export function markSeen(token: string, sequence: number, followAfter?: string | null) {
  return call<void>('/support/conversation/seen', { method: 'PUT', body: { sequence, follow_after: followAfter }, token });
}

/** Says whether an answer helped; the last word counts. */
export function sendFeedback(token: string, messageId: string, helpful: boolean) {
  return call<void>(`/support/conversation/messages/${encodeURIComponent(messageId)}/feedback`, {
    method: 'PUT',
    body: { helpful },
    token,
  });
}

export function getTicket(id: string, token: string, signal?: AbortSignal) {
  return call<TicketSnapshot>(`/support/ticket/${encodeURIComponent(id)}`, { token, signal });
}
