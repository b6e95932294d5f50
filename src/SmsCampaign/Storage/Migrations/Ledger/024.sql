-- Which machine's marks bear this file out: MarksHome. None up to the first run that is planned or sent from here on.
create table marks_home (
    one integer primary key check (one = 1),
    id  text not null
) strict;
