-- How each lane is tried before it sends in full, and what held it since. The latest row of a lane says how it stands: what a kill
-- leaves is what the next process goes on from.
create table lane_trial
(
    id       integer primary key,
    lane     integer not null,
    kind     integer not null,            -- TrialKind
    state    integer not null,            -- TrialState
    begun_us integer not null,
    state_us integer not null,            -- since when it is in that state
    attempt  integer not null,            -- the last attempt before it: the later ones of the lane are its
    messages integer not null,            -- of its batch; 0 where it has none
    verdict  integer not null default 0,  -- TrialVerdict; 0 while nothing is found
    judged   integer not null default 0,  -- messages the verdict is by
    found    integer not null default 0,  -- those of them it names
    bound    integer not null default 0,  -- percent
    failure  integer,                     -- FailureClass most of them have; null where they have none
    reason   integer not null default 0,  -- Reason, with the code what the gateway said most often
    code     text
) strict;

create index lane_trial_lane on lane_trial (lane, id);

alter table hold add column trial integer; -- of a change that a trial made
