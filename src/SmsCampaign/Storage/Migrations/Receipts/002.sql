-- Receipts that came and are in no file any more: the one that held them was damaged, older than it had been, or gone. What came
-- since has higher ids: a run takes none of these twice, and none of the new ones for one it has.
create table gap
(
    first    integer primary key,          -- the first id that is missing
    last     integer not null,             -- the last that may have been given out
    since_us integer not null,             -- when the last receipt before it came; 0: nothing is known of before
    noted_us integer not null,
    file     text not null,                -- the name of the file that held them
    kept     text                          -- the name under which it is kept; null where it is older, or gone
) strict;
