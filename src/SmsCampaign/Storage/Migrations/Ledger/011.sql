-- What is submitted to be approved: the code of what was looked at, by whom, and what it was made of, so that what has changed since
-- can be named. Of a run the newest counts. Nothing here is ever changed or deleted.
create table submission
(
    id              integer primary key,
    campaign        text not null,
    date            text not null,
    every_year      integer not null,      -- 1: every year's run is meant
    hash            text not null,         -- as approval.hash
    definition      text not null,         -- the campaign file's text
    definition_hash text not null,
    audience_hash   text not null,
    plan_hash       text not null,
    seal            text not null,
    submitted_by    text not null,         -- the name that was given
    by_kind         text not null,         -- of account: os
    by_account      text not null,         -- whose it is: tells persons apart
    by_os           text not null,         -- account, machine, and who asked by sudo, as shown
    note            text,
    at              text not null
) strict;

create table rejection
(
    id          integer primary key,
    submission  integer not null,
    rejected_by text not null,
    by_kind     text not null,
    by_account  text not null,
    by_os       text not null,
    reason      text not null,
    at          text not null
) strict;

-- Approvals of a run withdrawn by a person: approval.revoked_by names it.
create table revocation
(
    id         integer primary key,
    campaign   text not null,
    date       text not null,
    revoked_by text not null,
    by_kind    text not null,
    by_account text not null,
    by_os      text not null,
    reason     text not null,
    at         text not null
) strict;

alter table approval add column by_kind text not null default '';     -- empty: from before accounts were kept apart
alter table approval add column by_account text not null default '';
alter table approval add column submission integer;                   -- what it was given on; null: on none
alter table approval add column reason text;                          -- why it replaces another, or goes again
alter table approval add column replaced_by integer;                  -- the approval that took its place
alter table approval add column revoked_by integer;                   -- the revocation that withdrew it
