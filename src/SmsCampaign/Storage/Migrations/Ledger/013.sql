-- What persons are to be told, once for each cause, and who was told of it. Nothing here is ever deleted.
create table alert
(
    id         integer primary key,
    kind       text not null,     -- AlertKind, in small letters with dashes
    about      text not null,     -- key of the run, name of the lane, or empty: with kind, the cause
    severity   text not null,     -- info, warning, urgent
    since      text not null,     -- when it began, as far as is known
    what_vi    text not null,     -- in one line
    what_en    text not null,
    detail_vi  text not null,     -- figures, and why
    detail_en  text not null,
    next_vi    text not null,     -- what to do
    next_en    text not null,
    raised_at  text not null,
    over_at    text               -- null: it still is so
) strict;

create unique index alert_open on alert (kind, about) where over_at is null;
create index alert_over on alert (over_at);

create table alert_told
(
    alert         integer not null references alert (id),
    receiver      text not null,  -- mail:ADDRESS, webhook or command
    news          text,           -- the last that was delivered: raised, reminder, over; null: nothing was yet
    severity      text,           -- as it then was
    told_at       text,
    times         integer not null,   -- how often something was delivered
    tries         integer not null,   -- failed ones since then
    failing_since text,
    next_try_at   text,
    trouble_vi    text,           -- of the last try
    trouble_en    text,
    primary key (alert, receiver)
) strict, without rowid;
