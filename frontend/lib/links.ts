export function ticketPage(id: string): string {
  return `/ticket/?id=${encodeURIComponent(id)}`;
}

export function conversationPage(id: string): string {
  return `/console/?conversation=${encodeURIComponent(id)}`;
}

/** A source's address comes from imported documents: only ordinary web addresses become links. */
export function safeHref(url: string | null | undefined): string | undefined {
  if (!url) return undefined;
  return /^https?:\/\//i.test(url) || /^\/(?!\/)/.test(url) ? url : undefined;
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export function isTicketId(value: string): boolean {
  return ULID.test(value.toUpperCase());
}
