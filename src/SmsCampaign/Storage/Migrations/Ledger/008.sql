-- What runs say to whom: a text by its hash, its recipients by a sample of keyed hashes. Tells a copy of a campaign under
-- another id before it is approved.
create table content
(
    code   text not null,                -- of the run
    text   text not null,                -- hash of the text, without regard to white space and case
    total  integer not null,             -- numbers that get it
    sample text not null,                -- AudienceSketch, in hexadecimal
    primary key (code, text)
) strict, without rowid;

create table content_key
(
    key integer not null                 -- of the hashes
) strict;

insert into content_key (key) values (random());
