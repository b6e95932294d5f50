-- Which report on a run was handed in, by which document. Nothing here is ever changed or deleted: the newest counts.
create table report_submission
(
    id          integer primary key,
    run         text not null,
    report      text not null,    -- '' for the one the order asks for; else the day of every year as d/M
    document    text not null,
    on_day      text not null,    -- yyyy-MM-dd
    recorded_by text not null,
    by_os       text not null,
    at          text not null
) strict;

create index report_submission_run on report_submission (run);
