-- Who put a message back to planned says what its earlier tries are worth. A person, or a gateway asked about it, knows that
-- it was not sent: it begins anew. 'repeats dropped' knows nothing of the kind: the message may have been sent, and stays so.
alter table resolution add column last_try integer not null default 0; -- the last row of tried before it
create index resolution_seq on resolution (seq);

-- The tries of each message since it was last known not to be sent.
create view standing_try as
select *
from   tried
where  deferral <> 0
and    id > coalesce(
           (select max(last_try) from resolution
            where  resolution.seq = tried.seq and to_status = 0 and who <> 'repeats dropped'),
           0);

-- What was put back before: 5 is what is written from now on (Deferral.CutOff).
update tried
set    deferral = 5, note = 'interrupted'
where  deferral = 0
and    note = 'the gateway drops repeats';
