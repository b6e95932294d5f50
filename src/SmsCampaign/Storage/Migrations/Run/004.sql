-- hold becomes the history of a lane's pace: besides the times it stood still each change of the rate in force, and when a
-- run opened and closed the lane. until_us is null where nothing was held.
alter table hold add column kind integer not null default 0; -- LaneChangeKind

-- The last attempt written before the change: what comes after one that opens a lane is by that process's clock.
alter table hold add column attempt integer not null default 0;

create index hold_lane on hold (lane, id);
