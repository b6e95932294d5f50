-- Numbers that gateways said are on another network than was planned, for the runs planned after.
create table ported
(
    number  integer primary key,              -- MSISDN
    carrier text not null,                    -- name in the carrier table
    source  text not null,                    -- the lane whose gateway said so
    at      text not null
) strict;
