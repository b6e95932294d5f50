-- What is decided by stands in columns of its own: state.code and tried.note hold what gateways say and nothing else.
alter table state add column reason integer not null default 0;       -- Reason
alter table tried add column reason integer not null default 0;       -- Reason
alter table attempt add column cut_off integer not null default 0;    -- 1: the process ended before the answer came
alter table resolution add column by_kind integer not null default 1; -- Settler

-- A person may have any name: what the program settled itself has its own words beside it.
update resolution set by_kind = 2 where who = 'inquiry' and reason = 'not known at the gateway' and to_status = 0;
update resolution set by_kind = 3 where who = 'repeats dropped' and reason = 'the gateway drops repeats' and to_status = 0;

-- Where a crash cut it off, no hand-over was written.
update attempt set cut_off = 1 where note = 'interrupted' and outcome = 4 and handed_us is null;

-- Before a receipt or an answer names it, an uncertain message has what the program wrote.
update state
set    reason = case
           when code = 'interrupted' then 1
           when code = 'stopped before the answer came' then 2
           when code = 'window closed before it was answered' then 3
           when code like 'no answer within %' then 4
           when code like 'connection lost%' then 5
           when code like 'repeated in vain: %' then 6
           when code like 'repeat refused: %' then 7
           when code like 'HTTP %' then 8
           when code like 'unknown code %' then 9
           when code like 'result %: %' or code like 'result % with %' then 9
           when code like 'accepted without %' then 10
           when code like 'fault of the program%' then 12
           when code like 'a success without %' or code like 'a result %' or code like 'a list without %' or code like 'no result for %'
                or code like 'two results for %' or code like 'wrong number of results%' or code like 'status success with %'
                or code like 'an invalidPhone %' then 11
           else 0 end
where  status = 2;

update state
set    code = case
           when reason = 6 then nullif(substr(code, 19), 'interrupted')
           when reason = 7 then substr(code, 17)
           when reason = 8 then code
           when reason = 9 and code like 'unknown code %' then substr(code, 9)
           when reason = 9 then substr(code, 8)
           else null end
where  status = 2 and reason <> 0;

update state set code = null where reason = 6 and (code like 'connection lost%' or code like 'no answer within %' or code like 'no connection%');

update state set reason = 20, code = null where status = 7 and code = 'window closed';
update state set reason = 21, code = null where status = 7 and code = 'missed start';
update state set reason = 40, code = null where status = 6 and code like 'no connection: %';

-- A person's grounds stand in the resolution.
update state
set    reason = case resolution.by_kind when 1 then 30 when 2 then 31 else 32 end, code = null
from   resolution
where  resolution.id = (select max(id) from resolution as last where last.seq = state.seq)
and    state.status = resolution.to_status
and    state.code = resolution.reason;

update tried
set    reason = case
           when note = 'interrupted' then 1
           when note like 'no answer within %' then 4
           when note like 'connection lost%' then 5
           when note like 'no connection: %' then 40
           when note = 'not handed over' then 41
           when note = 'breaker open' then 42
           when deferral = 0 then 30
           else 0 end;
update tried set note = null where reason <> 0;

drop view standing_try;

-- The tries of each message since it was last known not to be sent.
create view standing_try as
select *
from   tried
where  deferral <> 0
and    id > coalesce(
           (select max(last_try) from resolution
            where  resolution.seq = tried.seq and to_status = 0 and by_kind <> 3),
           0);
