/** The part behind # of a private link, which browsers send to no server. */
const FRAGMENT = /^#token=([A-Za-z0-9_-]{20,200})$/;

export function tokenOfLink(fragment: string): string | null {
  return FRAGMENT.exec(fragment)?.[1] ?? null;
}
