-- What the run's ledger says, piece by piece, as it was planned: an approval binds it, and the ledger's rows must give it again.
alter table run add column seal text not null default '';
