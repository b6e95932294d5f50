-- The tables of runs: what stands in them is said in Migrations/Run, whose columns these are. Here are the parents: a
-- run's own tables are partitions of them, in a schema of the run's own, with the keys and indexes of keys.sql.

create table run_info
(
    name  text collate "C" not null,
    value text collate "C" not null,
    run   bigint not null
) partition by list (run);

create table source
(
    id     bigint not null,
    file   text collate "C" not null,
    sha256 text collate "C" not null,
    rows   bigint not null,
    run    bigint not null
) partition by list (run);

create table segment
(
    id       bigint not null,
    name     text collate "C" not null,
    message  text collate "C" not null,
    priority bigint not null,
    matched  bigint not null,
    run      bigint not null
) partition by list (run);

create table carrier
(
    id      bigint not null,
    name    text collate "C" not null,
    display text collate "C" not null,
    run     bigint not null
) partition by list (run);

create table area
(
    id   bigint not null,
    name text collate "C" not null,
    run  bigint not null
) partition by list (run);

create table message
(
    seq     bigint not null,
    number  bigint not null,
    segment bigint not null,
    area    bigint not null,
    rule    bigint not null,
    source  bigint not null,
    line    bigint not null,
    run     bigint not null
) partition by list (run);

create table exclusion
(
    id      bigint not null,
    source  bigint not null,
    line    bigint not null,
    segment bigint not null,
    reason  bigint not null,
    number  bigint,
    written text collate "C",
    earlier text collate "C",
    run     bigint not null
) partition by list (run);

create table lane
(
    id              bigint not null,
    name            text collate "C" not null,
    rate            bigint not null,
    rate_unit       text collate "C" not null,
    receipt_trust   text collate "C" not null,
    receipt_seconds bigint not null,
    price_per_part  text collate "C" not null,
    settings        text collate "C" not null,
    run             bigint not null
) partition by list (run);

create table batch
(
    id        bigint not null,
    lane      bigint not null,
    carrier   bigint not null,
    segment   bigint not null,
    first_seq bigint not null,
    last_seq  bigint not null,
    parts     bigint not null,
    done_us   bigint,
    run       bigint not null
) partition by list (run);

create table attempt
(
    id          bigint not null,
    lane        bigint not null,
    first_seq   bigint not null,
    last_seq    bigint not null,
    parts       bigint not null,
    intent_us   bigint not null,
    handed_us   bigint,
    answered_us bigint,
    outcome     bigint,
    note        text collate "C",
    calls       bigint not null default 1,
    cut_off     bigint not null default 0,
    epoch       bigint not null default 0,
    run         bigint not null
) partition by list (run);

create table state
(
    seq        bigint not null,
    status     bigint not null,
    attempt    bigint,
    carrier_id text collate "C",
    failure    bigint,
    code       text collate "C",
    handed_us  bigint,
    settled_us bigint not null,
    carrier_us bigint,
    reason     bigint not null default 0,
    run        bigint not null
) partition by list (run);

create table carrier_reference
(
    lane       bigint not null,
    carrier_id text collate "C" not null,
    seq        bigint not null,
    part       bigint not null default 0,
    parts      bigint not null default 0,
    run        bigint not null
) partition by list (run);

create table hold
(
    id         bigint not null,
    lane       bigint not null,
    from_us    bigint not null,
    until_us   bigint,
    reason     text collate "C" not null,
    rate       bigint not null,
    kind       bigint not null default 0,
    attempt    bigint not null default 0,
    cause      bigint not null default 0,
    limit_most bigint,
    limit_of   text collate "C",
    limit_per  text collate "C",
    trial      bigint,
    run        bigint not null
) partition by list (run);

create table resolution
(
    id          bigint not null,
    seq         bigint not null,
    from_status bigint not null,
    to_status   bigint not null,
    who         text collate "C" not null,
    reason      text collate "C" not null,
    at_us       bigint not null,
    last_try    bigint not null default 0,
    by_kind     bigint not null default 1,
    by_os       text collate "C" not null default '',
    run         bigint not null
) partition by list (run);

create table tried
(
    id          bigint not null,
    seq         bigint not null,
    attempt     bigint not null,
    handed_us   bigint,
    answered_us bigint not null,
    deferral    bigint not null,
    note        text collate "C",
    reason      bigint not null default 0,
    run         bigint not null
) partition by list (run);

create table part_receipt
(
    seq    bigint not null,
    part   bigint not null,
    parts  bigint not null,
    status bigint not null,
    run    bigint not null
) partition by list (run);

create table inquiry
(
    seq      bigint not null,
    times    bigint not null,
    asked_us bigint not null,
    next_us  bigint not null,
    answer   text collate "C" not null,
    run      bigint not null
) partition by list (run);

create table route
(
    seq     bigint not null,
    lane    bigint not null,
    batch   bigint not null,
    parts   bigint not null,
    why     bigint not null,
    network text collate "C",
    code    text collate "C" not null,
    at_us   bigint not null,
    run     bigint not null
) partition by list (run);

create table receipt_note
(
    receipt bigint not null,
    item    bigint not null,
    kind    text collate "C",
    detail  text collate "C" not null,
    run     bigint not null
) partition by list (run);

create table opening
(
    id            bigint not null,
    process       bigint not null,
    anchor_us     bigint not null,
    at_us         bigint not null,
    first_attempt bigint not null,
    first_hold    bigint not null,
    host          text collate "C" not null,
    pid           bigint not null,
    run           bigint not null
) partition by list (run);

create table tally
(
    lane     bigint not null,
    parts    bigint not null,
    status   bigint not null,
    messages bigint not null,
    run      bigint not null
) partition by list (run);

create table lane_sent
(
    lane     bigint not null,
    first_us bigint not null,
    last_us  bigint not null,
    run      bigint not null
) partition by list (run);

create table lane_owner
(
    lane    bigint not null,
    epoch   bigint not null,
    process bigint not null,
    at_us   bigint not null,
    run     bigint not null
) partition by list (run);

create table lane_trial
(
    id           bigint not null,
    lane         bigint not null,
    kind         bigint not null,
    state        bigint not null,
    begun_us     bigint not null,
    state_us     bigint not null,
    attempt      bigint not null,
    messages     bigint not null,
    verdict      bigint not null default 0,
    judged       bigint not null default 0,
    found        bigint not null default 0,
    bound        bigint not null default 0,
    failure      bigint,
    reason       bigint not null default 0,
    code         text collate "C",
    release      bigint not null default 0,
    answers_only bigint not null default 0,
    run          bigint not null
) partition by list (run);

create table erasure
(
    id      bigint not null,
    key     text collate "C" not null,
    salt    bigint not null,
    whole   bigint not null,
    numbers bigint not null,
    at_us   bigint not null,
    run     bigint not null
) partition by list (run);
