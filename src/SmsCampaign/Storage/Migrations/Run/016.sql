-- Who may hand over on a lane. Each opening to send takes a new epoch of the lanes it takes, and an intent is written only while its
-- writer's epoch is still the lane's, looked at in the intent's own commit: whoever had the lane before can write no more.
create table lane_owner
(
    lane    integer primary key,
    epoch   integer not null,   -- from 1 on; a lane without a row was never taken: 0
    process integer not null,   -- as in opening
    at_us   integer not null
) strict;

alter table attempt add column epoch integer not null default 0; -- of its lane, when it was written
