-- What carriers are asked to text to their own subscribers, and what they said. Nothing here is ever changed or deleted.
create table work_order
(
    id       integer primary key,
    run      text not null,
    segment  text not null,
    holder   text not null,
    revision integer not null,
    content  text not null,    -- the order as JSON, as the carrier gets it
    made_by  text not null,
    by_os    text not null,
    at       text not null
) strict;

create unique index work_order_revision on work_order (run, segment, revision);

create table order_step
(
    id          integer primary key,
    work_order  integer not null references work_order (id),
    kind        text not null,    -- sent, acknowledged, refused, withdrawn
    document    text,
    on_day      text not null,    -- yyyy-MM-dd
    said_by     text,
    note        text,
    rate        integer,          -- messages a second
    recorded_by text not null,
    by_os       text not null,
    at          text not null
) strict;

-- What a carrier reports of what it sent: counted claims, the newest of an order counts.
create table carrier_result
(
    id          integer primary key,
    work_order  integer not null references work_order (id),
    file_name   text not null,
    file_hash   text not null,           -- SHA-256 of the file
    content     text not null,           -- what it says, as JSON
    document    text,
    on_day      text not null,           -- yyyy-MM-dd
    corrects    integer references carrier_result (id),
    reason      text,                    -- why it takes the place of that
    recorded_by text not null,
    by_os       text not null,
    at          text not null
) strict;
