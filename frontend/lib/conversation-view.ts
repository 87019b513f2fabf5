import type { ConversationState, DeliveryNews, Message, Snapshot } from './types';
import {
  lastSequence,
  mergeMessages,
  newerState,
  type PendingMessage,
  withoutArrived,
} from './transcript';

/** Everything that a page shows of one conversation, whoever looks at it. */
export interface ConversationView {
  /** Whose messages this page sends. */
  self: 'customer' | 'operator';
  state?: ConversationState;
  /** Said before in other conversations of the same person; shown above, and never changed by what is live. */
  earlier: Message[];
  messages: Message[];
  pending: PendingMessage[];
  /** "reading 3 sources": gone as soon as there is something to read. */
  status?: string;
  /** Messages above this sequence arrived while the page was looking. */
  liveAfter: number;
}

export type ConversationAction =
  | { type: 'reset'; self: ConversationView['self'] }
  | { type: 'moved' }
  | { type: 'snapshot'; snapshot: Snapshot; fresh: boolean }
  | { type: 'message'; message: Message }
  | { type: 'deliveries'; news: DeliveryNews }
  | { type: 'rated'; id: string; helpful: boolean }
  | { type: 'state'; state: ConversationState }
  | { type: 'status'; text: string }
  | { type: 'send'; pending: PendingMessage }
  | { type: 'sending'; key: string }
  | { type: 'sent'; key: string; messageId: string }
  | { type: 'failed'; key: string; problem: string }
  | { type: 'discard'; key: string };

export function emptyView(self: ConversationView['self']): ConversationView {
  return { self, earlier: [], messages: [], pending: [], liveAfter: 0 };
}

export function reduceConversation(
  view: ConversationView,
  action: ConversationAction,
): ConversationView {
  switch (action.type) {
    case 'reset':
      return emptyView(action.self);

    // Another conversation is shown from now on, whose sequences mean other messages. What was not sent yet is still to be sent.
    case 'moved':
      return {
        ...emptyView(view.self),
        pending: view.pending.map((waiting) => ({ ...waiting, afterSequence: 0 })),
      };

    case 'snapshot': {
      const isFirst = view.state === undefined;
      const state = newerState(view.state, action.snapshot.state);
      return withMessages(
        {
          ...view,
          state,
          earlier: action.snapshot.earlier ?? [],
          status: state.working ? (state.status ?? view.status) : undefined,
          // A conversation started a moment ago has no past: its first answer counts as live.
          liveAfter: isFirst && !action.fresh ? lastSequence(action.snapshot.messages) : view.liveAfter,
        },
        action.snapshot.messages,
      );
    }

    case 'message': {
      const answered = action.message.author !== 'customer' && action.message.kind === 'text';
      return withMessages(answered ? { ...view, status: undefined } : view, [action.message]);
    }

    case 'deliveries': {
      const news = new Map(action.news.messages.map((sent) => [sent.id, sent.deliveries]));
      return {
        ...view,
        messages: view.messages.map((message) => {
          const deliveries = news.get(message.id);
          return deliveries ? { ...message, deliveries } : message;
        }),
      };
    }

    case 'rated': {
      const rate = (message: Message) => (message.id === action.id ? { ...message, helpful: action.helpful } : message);
      return { ...view, earlier: view.earlier.map(rate), messages: view.messages.map(rate) };
    }

    case 'state': {
      const state = newerState(view.state, action.state);
      if (state !== action.state) return view;
      return { ...view, state, status: state.working ? (state.status ?? view.status) : undefined };
    }

    case 'status':
      return { ...view, status: action.text || undefined };

    case 'send':
      return { ...view, pending: [...view.pending, action.pending] };

    case 'sending':
      return updatePending(view, action.key, { delivery: 'sending', problem: undefined });

    case 'sent':
      return withMessages(
        updatePending(view, action.key, { delivery: 'sent', messageId: action.messageId }),
        [],
      );

    case 'failed':
      return updatePending(view, action.key, { delivery: 'failed', problem: action.problem });

    case 'discard':
      return { ...view, pending: view.pending.filter((waiting) => waiting.key !== action.key) };
  }
}

function withMessages(view: ConversationView, arrived: readonly Message[]): ConversationView {
  const messages = mergeMessages(view.messages, arrived);
  return { ...view, messages, pending: withoutArrived(view.pending, messages, view.self) };
}

function updatePending(
  view: ConversationView,
  key: string,
  change: Partial<PendingMessage>,
): ConversationView {
  return {
    ...view,
    pending: view.pending.map((waiting) => (waiting.key === key ? { ...waiting, ...change } : waiting)),
  };
}
