-- What gateways answered when asked what became of a message: one row a message asked about.
create table inquiry
(
    seq      integer primary key,
    times    integer not null,   -- asked in a row without anything new
    asked_us integer not null,   -- answered, the last time
    next_us  integer not null,   -- not asked again before
    answer   text not null       -- the last: a MessageStatus, "not there", or why it cannot say
) strict;
