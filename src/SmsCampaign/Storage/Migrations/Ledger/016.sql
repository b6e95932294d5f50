-- The machine's clock was set by more than it may be. Nothing here is ever changed or deleted.
create table clock_step
(
    id        integer primary key,
    from_at   text not null,    -- what the clock would have said
    to_at     text not null,    -- what it said instead
    approvals integer not null  -- the newest approval there was: one given since knows of it
) strict;
