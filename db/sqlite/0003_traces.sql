-- One trace from a message to its reply: a draft and a delivery run later than the request that asked for them, so the exchange and what
-- is to be sent bear their place in the trace, as W3C Trace Context writes it ("traceparent"). It is null while nobody takes traces.

alter table conversations add column exchange_trace text;   -- The first message's place, then those of messages that joined.
alter table outbox add column trace text;
