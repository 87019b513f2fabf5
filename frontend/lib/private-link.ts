/** The part behind # of a private link, which browsers send to no server. */
const FRAGMENT = /^#token=([A-Za-z0-9_-]{20,200})$/;

/** How many characters of a token name the conversation; what follows is a signature, which differs from kind to kind. */
const NAMED = 21;

/** Whether two tokens are of one conversation. */
export function isSameConversation(one: string, other: string): boolean {
  return one.slice(0, NAMED) === other.slice(0, NAMED);
}

/** Which of two tokens of one conversation to keep: one of a mail to an address that nobody proved is longer, and ends after a week. */
export function lastingToken(known: string, linked: string): string {
  return linked.length > known.length ? known : linked;
}

export function tokenOfLink(fragment: string): string | null {
  return FRAGMENT.exec(fragment)?.[1] ?? null;
}
