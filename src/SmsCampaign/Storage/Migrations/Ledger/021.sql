-- The numbers that a carrier's report lists, hashed unless the campaign file says otherwise: in parts of 4 MiB, 16 bytes a
-- number, in order. carrier_result.content has the SHA-256 of all of them.
create table carrier_number
(
    result  integer not null references carrier_result (id),
    part    integer not null,    -- 1 for the first
    content blob not null,
    primary key (result, part)
) strict, without rowid;
