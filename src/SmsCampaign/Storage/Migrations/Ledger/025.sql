-- What erasing the numbers of a run could not do yet, as it was last looked at: a row while there is anything.
create table purge_left
(
    code     text primary key,          -- of the run
    receipts integer not null,          -- raw ones that still have its numbers
    stale_vi text not null,             -- which files may have older copies in their gaps, and why; empty: none
    stale_en text not null,
    at       text not null
) strict, without rowid;
