-- Whose fault a stop is: LaneStopKind.
alter table lane_stop add column kind integer not null default 0;
