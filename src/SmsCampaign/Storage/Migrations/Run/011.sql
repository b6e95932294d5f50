-- Each time a process opened the run to write: what has happened from there on is by its clock.
create table opening
(
    id            integer primary key,
    process       integer not null,  -- made with the clock: the same in every ledger the process has open
    anchor_us     integer not null,  -- what the wall clock said when the process's clock began
    at_us         integer not null,
    first_attempt integer not null,  -- attempts from this one on are its, up to the next opening's
    first_hold    integer not null,  -- likewise
    host          text not null,
    pid           integer not null
) strict;
