'use client';

import { useSyncExternalStore } from 'react';

/** The only thing that a page remembers of a customer; whoever holds it can read the conversation. */
const STORAGE_KEY = 'fte.conversation_token';

const listeners = new Set<() => void>();
/** Used where the browser forbids storage: the conversation then lives as long as the page. */
let inMemory: string | null = null;

export function readToken(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return inMemory;
  }
}

export function keepToken(token: string): void {
  inMemory = token;
  try {
    localStorage.setItem(STORAGE_KEY, token);
  } catch {
    // Kept in memory above.
  }
  listeners.forEach((listener) => listener());
}

export function forgetToken(): void {
  inMemory = null;
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Forgotten in memory above.
  }
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same page may start over or start a conversation.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** undefined while the exported page has not looked yet, null where there is no conversation. */
export function useConversationToken(): string | null | undefined {
  return useSyncExternalStore<string | null | undefined>(subscribe, readToken, () => undefined);
}
