-- Lanes that stand still until a person says otherwise: their gateway said that the account is not set up as it must be.
create table lane_stop
(
    lane   text primary key,
    at     text not null,
    reason text not null                      -- the gateway's words or ours, in English
) strict, without rowid;
