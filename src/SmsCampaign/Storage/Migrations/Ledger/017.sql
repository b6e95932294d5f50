-- A person who lets a held run go on knows of a step as well as one who approves it. Of a step kept before
-- whoever does so from now on does.
alter table clock_step add column decisions integer not null default 0;
update clock_step set decisions = (select coalesce(max(id), 0) from decision);
