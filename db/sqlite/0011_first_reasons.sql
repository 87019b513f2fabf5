-- Who opened a ticket, and what an escalation was raised for. db/fte/0017_first_reasons.sql says why each is kept.

alter table tickets add column opened_by_operator integer not null default 0;
alter table escalations add column first_reason text;
alter table escalations add column first_rule text;
