-- How far the attempts of a run may have come, by what is known outside its own file: a file that is lost, another's or older is
-- never taken for one of which nothing was sent.
create table run_mark
(
    code      text primary key,          -- of the run; its file says the same
    key       text not null,
    confirmed integer not null,          -- attempts that were on disk in the run's file
    reserved  integer not null,          -- no attempt beyond was handed over; 0: nothing was
    reach     text not null              -- by carrier id, commas between: no message beyond was handed over
) strict, without rowid;

create index run_mark_key on run_mark (key);
