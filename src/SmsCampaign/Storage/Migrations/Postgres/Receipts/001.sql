-- Raw receipts: what stands in the tables is said in Migrations/Receipts, whose columns these are.

-- A partition a calendar month of Vietnam, receipt_2026_07, made by whoever is the first to bring one of it.
create table receipt
(
    id           bigint not null,
    lane         text collate "C" not null,
    received_us  bigint not null,
    query        text collate "C" not null,
    content_type text collate "C" not null,
    body         bytea not null,
    primary key (id, received_us)
) partition by range (received_us);

create table progress
(
    name text collate "C" not null,
    id   bigint not null,
    primary key (name)
);

-- The last id that was given out. Whoever appends has the row until its receipts are there to be read: ids come in
-- order, and a server that lost the last receipts has lost them here too. (A sequence is ahead of what it gave: 32.)
insert into progress (name, id) values ('given', 0);
alter table progress set (fillfactor = 10);

create table oddity
(
    receipt bigint not null,
    item    bigint not null,
    kind    text collate "C" not null,
    run     text collate "C",
    detail  text collate "C" not null,
    count   bigint not null default 1,
    primary key (receipt, item)
);

create index oddity_kind on oddity (kind);
create index oddity_run on oddity (run, kind);

create table gap
(
    first    bigint not null,
    last     bigint not null,
    since_us bigint not null,
    noted_us bigint not null,
    file     text collate "C" not null,
    kept     text collate "C",
    primary key (first)
);
