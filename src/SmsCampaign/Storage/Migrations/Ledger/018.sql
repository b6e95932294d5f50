-- The audit chain bears witness to every command asked from now on (audit.kind command, command-answer). Those up to this one were
-- asked before: they are told as such, and one that nobody has answered is refused, to be asked again.
alter table audit_start add column command integer not null default 0;
update audit_start set command = coalesce((select max(id) from command), 0);
