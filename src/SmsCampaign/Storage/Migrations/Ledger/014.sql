-- What persons have ordered of what is sent, until they lift it. On disk before it has effect; nothing here is ever deleted.
create table standing_order
(
    id             integer primary key,
    kind           integer not null, -- OrderKind
    run            text,             -- key of the run it is about; null: of every run
    lane           text,             -- null: of every lane
    rate           integer,          -- of a rate: what the lane's main limit lets through; else null
    at             text not null,
    person         text not null,    -- the name that was given
    account        text not null,    -- whose it was given from, on which machine, and which account asked by sudo
    host           text not null,
    behind         text,
    reason         text not null,
    lifted_at      text,             -- null: it stands
    lifted_person  text,
    lifted_account text,
    lifted_host    text,
    lifted_behind  text,
    lifted_reason  text
) strict;

create unique index standing_order_scope on standing_order (kind, ifnull(run, ''), ifnull(lane, '')) where lifted_at is null;
