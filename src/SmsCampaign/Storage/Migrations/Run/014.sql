-- The account of the operating system behind a person's decision (OsUser); empty for what the program settled itself, and for what
-- is from before that was kept.
alter table resolution add column by_os text not null default '';
