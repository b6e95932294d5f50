-- What was done about the numbers that are kept of a run: PurgeStepKind. The audit chain bears
-- witness to each row; none is ever changed or deleted.
create table purge_step
(
    id          integer primary key,
    run         text not null,
    code        text not null,          -- of the run
    step        text not null,          -- PurgeStepKind
    day         text not null,          -- yyyy-MM-dd, in Vietnam
    key         text not null,          -- id of the key of the hashes; empty where none are made yet
    messages    integer not null,       -- rows whose numbers are hashes now
    exclusions  integer not null,
    receipts    integer not null,
    files       integer not null,       -- deleted
    learned     integer not null,       -- numbers of other networks, deleted
    lists       integer not null,       -- of carriers, with numbers in full, deleted
    through     integer not null,       -- id of the last receipt that was gone through
    seal        text not null,          -- what the run's ledger gives since (RunSeal)
    kept        integer not null,       -- 1: before it was begun the ledger still was what had been approved
    person      text not null,
    by_os       text not null,
    reason      text not null,
    at          text not null
) strict;

create index purge_step_run on purge_step (run);

-- Numbers that are never texted again as their subscribers asked for that, by their hashes. Likewise.
create table erased_number
(
    id      integer primary key,
    hash    integer not null,
    key     text not null,
    step    text not null,              -- asked, done
    runs    integer not null,           -- ledgers it was erased in; still to do, where it is only asked
    person  text not null,
    by_os   text not null,
    reason  text not null,
    at      text not null
) strict;

create index erased_number_hash on erased_number (hash);

-- By which key the numbers are hashed: one that is lost is never made anew.
create table number_key
(
    id text primary key,
    at text not null
) strict, without rowid;

-- A sample of a run whose numbers are erased is hashed once more, by the same key, in whatever order: up to this hash it has all.
alter table content add column key text not null default '';
alter table content add column up_to integer not null default 0;
