-- What became of what was submitted: RejectionKind. Up to here whoever answered without approving had refused it.
alter table rejection add column kind text not null default 'Refused';
