-- What stopped a lane, beside what its gateway said: HoldCause.
alter table lane_stop add column cause integer not null default 0;

update lane_stop
set    cause = case
           when reason like 'no connection%' then 1
           when reason like 'session refused%' then 2
           when reason like 'HTTP 401%' or reason like 'HTTP 403%' then 3
           when reason like 'HTTP 402%' then 4
           when reason like 'HTTP 404%' then 5
           when reason like 'HTTP 503%' then 6
           else 0 end;
