-- By person's decision the send window of one day of a run closes later. The audit chain bears witness to each row; none is
-- ever changed or deleted, and of several for a day the last one holds.
create table window_extension
(
    id     integer primary key,
    run    text not null,      -- key of the run
    day    text not null,      -- yyyy-MM-dd, in the zone of the run's window
    closes text not null,      -- HH:mm, local time of that zone
    person text not null,      -- the name that was given
    by_os  text not null,      -- account and machine it was asked from
    reason text not null,
    at     text not null
) strict;

create index window_extension_run on window_extension (run);
