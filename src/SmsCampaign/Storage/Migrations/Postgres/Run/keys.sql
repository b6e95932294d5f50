-- What a run's own tables have beyond their columns, in the run's schema.

alter table run_info add primary key (name);
alter table source add primary key (id);
alter table segment add primary key (id);
alter table carrier add primary key (id);
alter table area add primary key (id);
alter table message add primary key (seq);
alter table exclusion add primary key (id);
create sequence exclusion_id owned by exclusion.id;
alter table exclusion alter id set default nextval('exclusion_id');
alter table lane add primary key (id);
alter table batch add primary key (id);
alter table attempt add primary key (id);
alter table state add primary key (seq);
alter table carrier_reference add primary key (lane, carrier_id);
alter table hold add primary key (id);
create sequence hold_id owned by hold.id;
alter table hold alter id set default nextval('hold_id');
alter table resolution add primary key (id);
create sequence resolution_id owned by resolution.id;
alter table resolution alter id set default nextval('resolution_id');
alter table tried add primary key (id);
create sequence tried_id owned by tried.id;
alter table tried alter id set default nextval('tried_id');
alter table part_receipt add primary key (seq, part);
alter table inquiry add primary key (seq);
alter table route add primary key (seq);
alter table receipt_note add primary key (receipt, item);
alter table opening add primary key (id);
create sequence opening_id owned by opening.id;
alter table opening alter id set default nextval('opening_id');
alter table tally add primary key (lane, parts, status);
alter table lane_sent add primary key (lane);
alter table lane_owner add primary key (lane);
alter table lane_trial add primary key (id);
create sequence lane_trial_id owned by lane_trial.id;
alter table lane_trial alter id set default nextval('lane_trial_id');
alter table erasure add primary key (id);
create sequence erasure_id owned by erasure.id;
alter table erasure alter id set default nextval('erasure_id');

-- In flight: what a crash makes uncertain.
create index attempt_open on attempt (lane) where answered_us is null;
create index state_uncertain on state (seq) where status = 2;
create index state_again on state (seq) where status = 0;
create index hold_lane on hold (lane, id);
create index resolution_seq on resolution (seq);
create index tried_seq on tried (seq);
create index tried_doubt on tried (seq) where deferral in (4, 5);
create index batch_lane on batch (lane, first_seq);
create index route_lane on route (lane, at_us, seq);
create index lane_trial_lane on lane_trial (lane, id);

-- Rows that are written once more, by their answer or by a receipt, find room beside what they were.
alter table attempt set (fillfactor = 80);
alter table state set (fillfactor = 80);

-- The tries of each message since it was last known not to be sent.
create view standing_try as
select *
from   tried
where  deferral <> 0
and    id > coalesce(
           (select max(last_try) from resolution
            where  resolution.seq = tried.seq and to_status = 0 and by_kind <> 3),
           0);
