-- What persons ask, from another process, of the one that sends: asked, taken up, answered. Nothing here is ever deleted.
create table command
(
    id          integer primary key,
    run         text,              -- key of the run it is about; null: of none
    kind        text not null,     -- one of those in Office/CommandHand
    arguments   text not null,     -- JSON, as its kind has it
    seen        text not null,     -- JSON of what was looked at: where it is otherwise by now, it is refused
    person      text not null,     -- the name that was given
    account     text not null,     -- whose it was asked from, on which machine, and which account asked by sudo
    host        text not null,
    behind      text,
    asked_at    text not null,
    taken_at    text,              -- null: nobody has taken it up
    taken_by    text,              -- the process that did first
    outcome     text,              -- done, refused, failed; null: not answered
    answer_vi   text,
    answer_en   text,
    answered_at text
) strict;

create index command_open on command (id) where answered_at is null;
