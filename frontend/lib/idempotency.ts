export interface Attempt {
  key: string;
  body: string;
}

/**
 * One key for all attempts at the same body: a retry after a lost answer returns the first result.
 * A changed body is a new wish and gets a new key.
 */
export function attemptFor(previous: Attempt | undefined, body: unknown, newKey = newUuid): Attempt {
  const text = JSON.stringify(body);
  return previous?.body === text ? previous : { key: newKey(), body: text };
}

/** crypto.randomUUID exists only on https and localhost; a self-hosted silo may be on neither. */
export function newUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
