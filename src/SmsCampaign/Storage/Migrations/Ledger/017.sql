-- A person who lets a held run go on knows of a step as well as one who approves it. Of a step kept before nobody did.
alter table clock_step add column decisions integer not null default 9223372036854775807;
