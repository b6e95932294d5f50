-- Which part of a message an id names, of how many; 0: the message as a whole. seq 0: two messages were given the same
-- id, so that it tells nothing.
alter table carrier_reference add column part integer not null default 0;
alter table carrier_reference add column parts integer not null default 0;

-- What receipts have said of single parts, until all are delivered. Of a message that failed the rows stay: they tell
-- a repeated receipt from one that contradicts.
create table part_receipt
(
    seq        integer not null,
    part       integer not null,     -- from 1
    parts      integer not null,     -- how many the message has, as far as the plan and the receipts say
    status     integer not null,     -- MessageStatus
    primary key (seq, part)
) strict, without rowid;
