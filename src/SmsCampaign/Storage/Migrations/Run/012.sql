-- How many messages stand where, kept with every change in the same commit: so that nobody need count the rows to know. They are
-- counted all the same, to prove it (RunBalance). Without rows until the ledger is opened to be written.
create table tally
(
    lane     integer not null,   -- that sends them
    parts    integer not null,   -- of each, as that lane counts
    status   integer not null,   -- MessageStatus
    messages integer not null,
    primary key (lane, parts, status)
) strict, without rowid;

-- When each lane handed something over, kept likewise.
create table lane_sent
(
    lane     integer primary key,
    first_us integer not null,
    last_us  integer not null    -- of what a crash cut off: when the start after it took note
) strict;
