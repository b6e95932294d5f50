-- What concerns the installation as a whole: which runs there are, who approved them, what was decided and why.
-- Times are ISO 8601 UTC text (SqlTime).

create table run
(
    key             text primary key,      -- campaign/date, or campaign/date/simulated
    campaign        text not null,
    date            text not null,
    simulated       integer not null,
    code            text not null unique,  -- stands in every message reference of the run
    state           text not null,         -- RunState
    file            text not null,         -- ledger file of the run, relative to the data folder
    campaign_file   text not null,
    definition      text not null,         -- the campaign file's text
    definition_hash text not null,
    audience_hash   text not null,
    plan_hash       text not null,
    created_at      text not null,
    finished_at     text
) strict, without rowid;

-- Rule 8: binds a hash of definition, audience and plan. A yearly campaign is approved once for every year.
create table approval
(
    id           integer primary key,
    campaign     text not null,
    date         text,                     -- null: every year
    hash         text not null,
    approved_by  text not null,
    document     text,                     -- number of the approving document
    at           text not null,
    voided_at    text,
    void_reason_vi text,
    void_reason_en text
) strict;

-- Every choice the scheduler made: fired, late, held, skipped, and about leftovers.
create table decision
(
    id        integer primary key,
    campaign  text not null,
    date      text not null,
    due_at    text not null,
    at        text not null,
    what      text not null,
    reason_vi text not null,
    reason_en text not null
) strict;

-- What people did that has to be accounted for: unmasked exports, resolutions, releases.
create table event
(
    id     integer primary key,
    at     text not null,
    who    text not null,
    what   text not null,
    detail text not null
) strict;
