-- Messages that another lane sends than the plan said. One row a message: it moves once.
create table route
(
    seq     integer primary key,
    lane    integer not null,        -- that sends it
    batch   integer not null,        -- of the plan
    parts   integer not null,        -- of the message, as that lane counts
    why     integer not null,        -- RouteReason
    network text,                    -- the carrier whose network the number is on, where a gateway said so
    code    text not null,           -- what the gateway said
    at_us   integer not null
) strict;

create index route_lane on route (lane, seq);
