/** The shapes of the daily reports, field for field as they travel. What nothing can be said of is left out. */

export interface ReportFigures {
  messages: number;
  /** How many of them have a sentiment. */
  rated_messages: number;
  /** 0 (upset) to 1 (pleased). */
  mean_sentiment?: number | null;
  low_sentiment_share?: number | null;
  tickets_opened: number;
  tickets_closed: number;
  /** Closed without a person, and the customer confirmed it or stayed quiet. */
  resolved_by_assistant: number;
  /** Closed without a person, and nobody knows whether it helped. */
  closed_unverified: number;
  first_responses: number;
  median_first_response_seconds?: number | null;
  p95_first_response_seconds?: number | null;
  first_response_in_time_share?: number | null;
}

export interface ChannelReport extends ReportFigures {
  channel: string;
  escalations: number;
}

export interface ReasonReport {
  reason: string;
  escalations: number;
  channels: Record<string, number>;
  messages: number;
  rated_messages: number;
  mean_sentiment?: number | null;
  low_sentiment_share?: number | null;
  tickets_closed: number;
  closed_verified: number;
}

export interface ModelUsage {
  drafts: number;
  calls: number;
  input_tokens: number;
  cached_tokens: number;
  output_tokens: number;
  /** In the currency in which the prices are set. */
  cost: number;
}

export interface DayReport extends Omit<ReportFigures, 'messages'> {
  /** Such as 2026-01-31, a day where the business is. */
  day: string;
  time_zone: string;
  made_at: string;
  /** Whether the day was over when it was counted. */
  is_whole: boolean;
  messages: Record<string, number>;
  escalations: Record<string, number>;
  channels: ChannelReport[];
  reasons: ReasonReport[];
  model: ModelUsage & { models: (ModelUsage & { model: string })[] };
  feedback: { helpful: number; not_helpful: number };
  /** Known some time after the day, and for some months. */
  gaps?: { gaps: number; messages: number } | null;
}

export interface PeriodReport {
  from: string;
  to: string;
  reports: DayReport[];
}
