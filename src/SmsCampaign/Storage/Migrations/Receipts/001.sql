-- Receipts as they came, kept whole. Appended and on disk before the gateway gets its 200; settled behind.

create table receipt
(
    id           integer primary key,
    lane         text not null,
    received_us  integer not null,
    query        text not null,            -- as it stood in the URL
    content_type text not null,
    body         blob not null
) strict;

-- How far the settler has come.
create table progress
(
    name text primary key,
    id   integer not null
) strict, without rowid;

-- Receipts that did not simply settle a message: waiting (came before the answer), unknown, unreadable, repeated,
-- contradicting. Rule 6: kept as evidence.
create table oddity
(
    receipt integer not null,
    item    integer not null,              -- position in a callback that carries several
    kind    text not null,                 -- ReceiptOddity
    run     text,
    detail  text not null,
    primary key (receipt, item)
) strict, without rowid;

create index oddity_kind on oddity (kind);
