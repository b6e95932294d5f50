-- What held a lane stands in columns of its own: hold.reason keeps what the gateway said and nothing is read out of it.
alter table hold add column cause integer not null default 0; -- HoldCause
alter table hold add column limit_most integer;               -- of the quota that was used up; null where none was
alter table hold add column limit_of text;                    -- RateUnit
alter table hold add column limit_per text;                   -- LimitPeriod

update hold
set    cause = case
           when reason like 'no connection%' then 1
           when reason like 'session refused%' then 2
           when reason like 'HTTP 401%' or reason like 'HTTP 403%' then 3
           when reason like 'HTTP 402%' then 4
           when reason like 'HTTP 404%' then 5
           when reason like 'HTTP 503%' then 6
           else 0 end
where  kind <> 6;

-- As "100 parts/day".
update hold
set    limit_most = cast(substr(reason, 1, instr(reason, ' ') - 1) as integer),
       limit_of = case
           when reason like '% messages/%' then 'Messages'
           when reason like '% requests/%' then 'Requests'
           else 'Parts' end,
       limit_per = case
           when reason like '%/second' then 'Second'
           when reason like '%/minute' then 'Minute'
           else 'Day' end
where  kind = 6 and reason like '% %/%';
