/** The part behind # of a private link, which browsers send to no server. */
const FRAGMENT = /^#token=([A-Za-z0-9_-]{20,200})$/;

/** How many characters of a token name the conversation; what follows is a signature, which differs from kind to kind. */
const NAMED = 21;

/** A token that was given for a proof: it lasts, and nothing opens more. The kinds differ in length (ConversationTokens.cs). */
const PROVED = 75;

/** The token of a mail to an address that nobody proved: it ends after a week, and nothing opens less. */
const TYPED_LINK = 70;

/** Whether two tokens are of one conversation. */
export function isSameConversation(one: string, other: string): boolean {
  return one.slice(0, NAMED) === other.slice(0, NAMED);
}

/** Which of two tokens of one conversation to keep, the one that is known and the one of a link. */
export function tokenToKeep(known: string, linked: string): string {
  if (known.length === PROVED) return known;
  return linked.length === TYPED_LINK && known.length !== TYPED_LINK ? known : linked;
}

export function tokenOfLink(fragment: string): string | null {
  return FRAGMENT.exec(fragment)?.[1] ?? null;
}
