-- Who ran the command, as the operating system knows it, beside the name a person gave.
alter table approval add column by_os text not null default '';
alter table event add column by_os text not null default '';
alter table decision add column by_os text not null default '';

-- One chain over approvals, decisions, events, resolutions and lane stops: each row's hash is an HMAC over the row before and
-- its own content, written in the same transaction as the record it is about. Nothing here is ever changed or deleted.
create table audit
(
    id      integer primary key,  -- 1, 2, 3 …
    at      text not null,
    kind    text not null,        -- approval, void, decision, event, resolution, lane-stop, lane-go, start
    ref     text not null,        -- id of the record in its table
    content text not null,        -- JSON of the record's columns
    key     text not null,        -- fingerprint of the key; empty: written without one
    hash    text not null
) strict;

create index audit_ref on audit (kind, ref);

-- What was there before the chain: told as such, and no approval among it is relied on.
create table audit_start
(
    approval integer not null,
    decision integer not null,
    event    integer not null
) strict;

insert into audit_start
select coalesce((select max(id) from approval), 0), coalesce((select max(id) from decision), 0), coalesce((select max(id) from event), 0);
