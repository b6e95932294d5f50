-- How many receipts an oddity stands for: the rest of a callback that is not read to its end is one.
alter table oddity add column count integer not null default 1;
