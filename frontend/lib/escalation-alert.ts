import type { QueueChange } from './types';
import { humanize } from './words';

/** Shows a browser notification for a conversation that needs a person. */
export function alertOperator(
  conversation: NonNullable<QueueChange['conversation']>,
  onOpen: (id: string) => void,
): void {
  if (!canNotify() || Notification.permission !== 'granted') return;
  const notification = new Notification(`${humanize(conversation.urgency)}: ${humanize(conversation.reason)}`, {
    body: conversation.subject ?? 'A customer needs a person.',
    // The same conversation replaces its own notification instead of piling up.
    tag: conversation.id,
  });
  notification.onclick = () => {
    window.focus();
    onOpen(conversation.id);
    notification.close();
  };
}

export function canNotify(): boolean {
  return typeof window !== 'undefined' && 'Notification' in window;
}
