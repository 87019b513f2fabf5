import type { AddressKind, VerifyOutcome } from './types';

/** The server's own form of a code. */
export const CODE_LENGTH = 6;

export interface Address {
  kind: AddressKind;
  value: string;
}

/** Deliberately loose, as for forms: only the mail server and the telephone network know which addresses exist. */
const EMAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE_SHAPE = /^\+[1-9][\d\s\-./()]{6,24}$/;

/** Reads what was typed; a sentence where it is neither an email address nor a phone number. */
export function readAddress(text: string): Address | string {
  const typed = text.trim();
  if (EMAIL_SHAPE.test(typed)) return { kind: 'email', value: typed };
  if (PHONE_SHAPE.test(typed)) return { kind: 'phone', value: typed };
  return /^[\d\s\-./()]{5,}$/.test(typed)
    ? 'Start the number with its country code, such as +49 30 123456.'
    : 'Enter an email address such as ana@example.com, or a phone number such as +49 30 123456.';
}

/** People copy codes with the space or dash that mail programs put in. */
export function readCode(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '');
  return new RegExp(`^\\d{${CODE_LENGTH}}$`).test(digits) ? digits : undefined;
}

/** What is said where a conversation goes on elsewhere, and this browser has not shown that it may follow. */
export const GOES_ON_ELSEWHERE =
  'This conversation goes on elsewhere. Confirm your address to follow it, or begin a new one.';

/** What the page says about a code; none says whether anybody was known by the address. */
export function outcomeSentence(outcome: VerifyOutcome, address: string): string {
  switch (outcome) {
    case 'proved':
      return `${address} is linked. You can write from there as well.`;
    case 'merged':
      return `${address} is linked. What you wrote from there belongs to this conversation now.`;
    case 'needs_person':
      return `That is the right code. A colleague will look whether your conversations belong together.`;
    case 'other_address':
      return `That is the right code, but ${address} does not belong to this conversation. Confirm an address that you have written from before, or begin a new one.`;
    case 'wrong':
      return 'That is not the code, or its time has run out. Look again, or ask for another one.';
  }
}
