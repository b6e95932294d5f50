-- How a person let a lane go on that its first batch held, and what the next is judged by for that.
alter table lane_trial add column release      integer not null default 0; -- TrialRelease
alter table lane_trial add column answers_only integer not null default 0; -- 1: its batch is judged without receipts
