import type { Category, Priority, SupportRequest } from './types';

/** The server's own limits, repeated here so that the customer hears of them before sending. */
export const NAME_MIN = 2;
export const SUBJECT_MIN = 5;
export const MESSAGE_MIN = 10;
export const MESSAGE_MAX = 5000;

export type Field = keyof SupportRequest;
export type FieldErrors = Partial<Record<Field, string>>;

export const FIELDS: readonly Field[] = ['name', 'email', 'subject', 'category', 'priority', 'message'];

export const CATEGORIES: Record<Category, string> = {
  general: 'General question',
  technical: 'Technical help',
  billing: 'Billing',
  feedback: 'Feedback',
  bug_report: 'Bug report',
};

export const PRIORITIES: Record<Priority, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
};

/** Deliberately loose: only the mail server knows which addresses exist. */
const EMAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function validateField(field: Field, value: string): string | undefined {
  const text = value.trim();
  switch (field) {
    case 'name':
      return text.length < NAME_MIN ? `Enter your name (at least ${NAME_MIN} characters).` : undefined;
    case 'email':
      return EMAIL_SHAPE.test(text) ? undefined : 'Enter an email address such as ana@example.com.';
    case 'subject':
      return text.length < SUBJECT_MIN
        ? `Say what this is about (at least ${SUBJECT_MIN} characters).`
        : undefined;
    case 'category':
      return Object.hasOwn(CATEGORIES, text) ? undefined : 'Choose a category.';
    case 'priority':
      return Object.hasOwn(PRIORITIES, text) ? undefined : 'Choose a priority.';
    case 'message':
      if (text.length < MESSAGE_MIN) {
        return `Describe what you need (at least ${MESSAGE_MIN} characters).`;
      }
      return text.length > MESSAGE_MAX
        ? `Shorten this by ${(text.length - MESSAGE_MAX).toLocaleString('en')} characters; the limit is ${MESSAGE_MAX.toLocaleString('en')}.`
        : undefined;
  }
}

export function validateRequest(request: Record<Field, string>): FieldErrors {
  const errors: FieldErrors = {};
  for (const field of FIELDS) {
    const error = validateField(field, request[field]);
    if (error !== undefined) errors[field] = error;
  }
  return errors;
}

/** Sorts a 422 answer's sentences to the fields; what belongs to none is returned apart. */
export function placeServerErrors(errors: Record<string, string[]>): {
  fields: FieldErrors;
  others: string[];
} {
  const fields: FieldErrors = {};
  const others: string[] = [];
  for (const [name, sentences] of Object.entries(errors)) {
    const field = FIELDS.find((known) => known === name.toLowerCase());
    if (field) fields[field] = sentences.join(' ');
    else others.push(...sentences);
  }
  return { fields, others };
}
