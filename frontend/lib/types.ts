/** The shapes of the silo's HTTP contract, field for field as they travel. */

export type HeldBy = 'assistant' | 'waiting' | 'operator';
export type Author = 'customer' | 'assistant' | 'operator' | 'system';
export type MessageKind = 'text' | 'note' | 'notice';
export type TicketStatus = 'open' | 'in_progress' | 'waiting' | 'escalated' | 'resolved' | 'closed';
export type Category = 'general' | 'technical' | 'billing' | 'feedback' | 'bug_report';
export type Priority = 'low' | 'medium' | 'high';
export type Urgency = 'low' | 'normal' | 'high' | 'urgent';
export type Notice =
  | 'escalated'
  | 'claimed'
  | 'handed_back'
  | 'resolved'
  | 'cool_down'
  | 'answer_expected'
  | 'closed';

export interface Citation {
  document_id: string;
  title: string;
  heading?: string | null;
  quote: string;
  version_date?: string | null;
  url?: string | null;
}

export type AttachmentKind = 'file' | 'original' | 'link';

/** What came with a message; operators only. */
export interface Attachment {
  place: number;
  kind: AttachmentKind;
  name: string;
  media_type: string;
  /** In bytes; 0 when it is not known. */
  size: number;
  /** Where it can be downloaded from; none when its bytes were not kept. */
  href?: string | null;
  /** Where the channel keeps it: to be read, not followed. */
  url?: string | null;
}

export type DeliveryStatus = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** What became of a message by one channel; operators only. */
export interface Delivery {
  channel: string;
  status: DeliveryStatus;
  error?: string | null;
  at: string;
  parts: number;
}

/** What has become of messages since the stream told it last. */
export interface DeliveryNews {
  messages: { id: string; deliveries: Delivery[] }[];
}

export interface Message {
  sequence: number;
  id: string;
  author: Author;
  kind: MessageKind;
  name?: string | null;
  at: string;
  text: string;
  channel: string;
  citations?: Citation[] | null;
  footer?: string | null;
  /** 0 (upset) to 1 (pleased); operators only. */
  sentiment?: number | null;
  ticket_id?: string | null;
  notice?: Notice | null;
  attachments?: Attachment[] | null;
  deliveries?: Delivery[] | null;
  /** Nobody vouches for the sender's address; operators only. */
  is_unproved?: boolean | null;
  /** What the customer said last of an answer: whether it helped. */
  helpful?: boolean | null;
}

export interface Ticket {
  id: string;
  status: TicketStatus;
  subject: string;
  category: Category;
  priority: Priority;
  opened_at: string;
  first_response_due?: string | null;
  first_response_at?: string | null;
  resolved_at?: string | null;
  resolution_notes?: string | null;
}

export interface CurrentEscalation {
  reason: string;
  urgency: Urgency;
  at: string;
  answer_expected?: string | null;
}

export interface ConversationState {
  version: number;
  held_by: HeldBy;
  operator?: string | null;
  working: boolean;
  status?: string | null;
  ticket?: Ticket | null;
  escalation?: CurrentEscalation | null;
  last_sequence: number;
  /** The conversation goes on where this page's token does not lead; what is shown was said before that. */
  goes_on_elsewhere?: boolean;
}

/** What every view of a conversation starts from. */
export interface Snapshot {
  state: ConversationState;
  messages: Message[];
  /** From where to follow it live; the last message's sequence where it is missing. */
  follow_after?: string | null;
  /** Said before, in conversations that turned out to be the same person's; their sequences are their own. */
  earlier?: Message[] | null;
}

export interface ConversationSnapshot extends Snapshot {
  tickets: Ticket[];
}

export interface TicketSnapshot extends Snapshot {
  ticket: Ticket;
}

export interface SupportRequest {
  name: string;
  email: string;
  subject: string;
  category: Category;
  priority: Priority;
  message: string;
}

/** The answer to a submitted form or a started chat. */
export interface Receipt {
  ticket_id: string;
  message: string;
  estimated_response_time: string;
  conversation_token: string;
  status_url: string;
}

export interface AcceptedMessage {
  message_id: string;
  /** Left out where messages come in through Kafka: it has no place yet. */
  sequence?: number | null;
  ticket_id?: string | null;
  /** Where the message was the code for an address: the token to go on with. */
  conversation_token?: string | null;
}

/** What a code was good for. */
export interface Verified {
  outcome: VerifyOutcome;
  /** Where the address is theirs: the token to go on with. It leads to where the conversation goes on, and the one before does not. */
  conversation_token?: string | null;
}

export interface Operator {
  id: string;
  name: string;
}

export interface OperatorSession {
  operator: Operator;
  csrf_token: string;
}

export type AddressKind = 'email' | 'phone';
export type VerifyOutcome = 'proved' | 'merged' | 'needs_person' | 'wrong' | 'other_address';

/** A way to recognise a customer, and whether they have shown that it is theirs. Kinds may grow with the product. */
export interface CustomerIdentifier {
  kind: string;
  value: string;
  proved: boolean;
}

export interface CustomerSummary {
  id: string;
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  /** Left out in the queue. */
  identifiers?: CustomerIdentifier[] | null;
  /** With whom contact goes on, for a customer who turned out to be another one as well. */
  merged_into?: string | null;
}

export interface CustomerMerge {
  id: string;
  from: string;
  into: string;
  by: string;
  reason: string;
  at: string;
  undone_by?: string | null;
  undone_at?: string | null;
}

export interface ConversationSummary {
  id: string;
  customer: CustomerSummary;
  state: ConversationState;
  subject?: string | null;
  last_message?: { at: string; author: Author; channel?: string | null; text: string } | null;
  sentiment?: number | null;
  waiting_since?: string | null;
  ack_due?: string | null;
}

export interface ConversationPage {
  conversations: ConversationSummary[];
  cursor?: string | null;
}

export interface Escalation {
  id: string;
  reason: string;
  urgency: Urgency;
  at: string;
  summary?: string | null;
  route?: string | null;
  acknowledged_by?: string | null;
  acknowledged_at?: string | null;
  ended_at?: string | null;
}

export interface OperatorSnapshot extends ConversationSnapshot {
  id: string;
  customer: CustomerSummary;
  escalations: Escalation[];
}

export interface QueueChange {
  waiting: number;
  conversation?: { id: string; subject?: string | null; reason: string; urgency: Urgency } | null;
}

export type ArticleStatus = 'proposed' | 'approved' | 'rejected';

/** A question and its answer, learned from a resolved ticket. */
export interface Article {
  id: string;
  question: string;
  answer: string;
  status: ArticleStatus;
  revision: number;
  ticket_id: string;
  conversation_id: string;
  proposed_at: string;
  changed_at: string;
  /** Left out while it is as it was proposed. */
  changed_by?: string | null;
}

export interface ArticleRevision {
  revision: number;
  question: string;
  answer: string;
  status: ArticleStatus;
  at: string;
  by?: string | null;
}

export interface ArticlePage {
  articles: Article[];
  cursor?: string | null;
}

export interface ArticleHistory {
  article: Article;
  revisions: ArticleRevision[];
}

/** Messages of one day that ask for the same, and that the documents did not answer. */
export interface Gap {
  day: string;
  /** Words that several customers used; none where few asked, or one of them was erased. */
  terms: string[];
  customers: number;
  messages: number;
  examples: { conversation_id: string; message_id: string; at: string; text: string }[];
}

export interface GapPage {
  gaps: Gap[];
  cursor?: string | null;
}
