-- The tries of a message, the batch of a message on a lane, and what was moved to a lane in the order in which it was moved:
-- found without looking through all of them.
create index tried_seq on tried (seq);
create index batch_lane on batch (lane, first_seq);

drop index route_lane;
create index route_lane on route (lane, at_us, seq);

-- Tries after which a message may have been sent: Deferral.Lost and Deferral.CutOff.
create index tried_doubt on tried (seq) where deferral in (4, 5);
