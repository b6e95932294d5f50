-- That numbers of the run were erased: in message.number and exclusion.number a keyed hash below 0 stands in the place of each
-- (NumberKey). One row a time; none: every number is one.
create table erasure
(
    id      integer primary key,
    key     text not null,       -- which key it takes to make the hashes again
    salt    integer not null,    -- the hashes were made with this one, and those of earlier rows
    whole   integer not null,    -- 1: of every number; 0: of single ones, as their subscribers asked
    numbers integer not null,    -- how many rows
    at_us   integer not null
) strict;
