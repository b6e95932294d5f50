-- An attempt is the intent over a range of messages: made in one call (a list, or one message), or message by message.
alter table attempt add column calls integer not null default 1;

-- A try that did not settle its message: too fast, closed, busy, lost on the way to a gateway that drops repeats, or put
-- back by a person afterwards. Where the attempt was made message by message the hand-over stands here, else in the attempt.
create table tried
(
    id          integer primary key,
    seq         integer not null,
    attempt     integer not null,
    handed_us   integer,             -- null where nothing left us
    answered_us integer not null,
    deferral    integer not null,    -- Deferral; 0: put back by a person
    note        text
) strict;

insert into tried (seq, attempt, handed_us, answered_us, deferral, note)
select message.seq, attempt.id, attempt.handed_us, attempt.answered_us, 2, attempt.note
from   attempt
join   message on message.seq between attempt.first_seq and attempt.last_seq
where  attempt.outcome = 3
and    not exists (select 1 from state where state.seq = message.seq);
