-- One file a run (a campaign on one date). Every time is UTC in microseconds since 1970 (ProcessClock).
-- The rows a run sends lie in sending order: seq = carrier * 2^28 + position, so each carrier's messages are one
-- range, segments of higher priority first, and everything a lane does walks forward through the file.

create table run_info
(
    name  text primary key,
    value text not null
) strict, without rowid;

-- The files the audience came from.
create table source
(
    id     integer primary key,
    file   text not null,
    sha256 text not null,
    rows   integer not null      -- data rows read
) strict;

create table segment
(
    id       integer primary key,
    name     text not null,
    message  text not null,
    priority integer not null,
    matched  integer not null    -- rows its filter let through: the audience is their sum
) strict;

create table carrier
(
    id      integer primary key, -- 1 to 15
    name    text not null,
    display text not null
) strict;

create table area
(
    id   integer primary key,
    name text not null           -- as first written in the files; empty where the file names none
) strict;

create table message
(
    seq     integer primary key,
    number  integer not null,    -- MSISDN. Rule 1: unique, see message_number
    segment integer not null,
    area    integer not null,
    rule    integer not null,    -- CarrierRule: what decided the carrier
    source  integer not null,
    line    integer not null     -- line (CSV) or row (XLSX) in the source
) strict;

create table exclusion
(
    id      integer primary key,
    source  integer not null,
    line    integer not null,
    segment integer not null,
    reason  integer not null,    -- ExclusionReason
    number  integer,             -- MSISDN where the cell could be read as one
    written text                 -- what the cell held, masked, where it could not
) strict;

-- The lanes as they were planned and approved.
create table lane
(
    id              integer primary key,
    name            text not null,
    rate            integer not null,
    rate_unit       text not null,
    receipt_trust   text not null,
    receipt_seconds integer not null,
    price_per_part  text not null,   -- VND, decimal
    settings        text not null    -- JSON of everything the plan depends on
) strict;

-- Batches in the order their lane sends them. All messages of a batch have the same text and so the same parts.
create table batch
(
    id        integer primary key,
    lane      integer not null,
    carrier   integer not null,
    segment   integer not null,
    first_seq integer not null,
    last_seq  integer not null,
    parts     integer not null,  -- of one message
    done_us   integer            -- every message of it has left "planned"
) strict;

-- One row a call to a gateway. Written and on disk before the first byte leaves (rule 2).
create table attempt
(
    id          integer primary key,
    lane        integer not null,
    first_seq   integer not null,
    last_seq    integer not null,
    parts       integer not null,    -- of the whole call
    intent_us   integer not null,
    handed_us   integer,             -- the moment the request was written; null where it never was, or unknown
    answered_us integer,
    outcome     integer,             -- SendOutcome; where the messages of a list differ, the worst
    note        text                 -- the gateway's code or words
) strict;

-- In flight: what a crash makes uncertain.
create index attempt_open on attempt (lane) where answered_us is null;

-- One row a message that is no longer planned. A message without a row is planned, or submitting where an open
-- attempt covers it. Inserting results beat updating the message in place.
create table state
(
    seq        integer primary key,
    status     integer not null,     -- MessageStatus
    attempt    integer,
    carrier_id text,                 -- the gateway's id for the message
    failure    integer,              -- FailureClass
    code       text,                 -- the carrier's own code, or why uncertain or leftover
    handed_us  integer,
    settled_us integer not null,     -- when it came to its status
    carrier_us integer               -- the moment the carrier gives in its receipt
) strict;

create index state_uncertain on state (seq) where status = 2;
create index state_again on state (seq) where status = 0;

-- Only for lanes whose receipts do not repeat our reference.
create table carrier_reference
(
    lane       integer not null,
    carrier_id text not null,
    seq        integer not null,
    primary key (lane, carrier_id)
) strict, without rowid;

-- Times a lane stood still or slowed down, and why: throttled, breaker, window.
create table hold
(
    id       integer primary key,
    lane     integer not null,
    from_us  integer not null,
    until_us integer,
    reason   text not null,
    rate     integer not null        -- in force afterwards
) strict;

-- What a person decided about an uncertain message.
create table resolution
(
    id          integer primary key,
    seq         integer not null,
    from_status integer not null,
    to_status   integer not null,
    who         text not null,
    reason      text not null,
    at_us       integer not null
) strict;
