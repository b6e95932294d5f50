-- What is to be noted in the file of receipts about receipts that this run has settled: written in the commit that settles
-- them and taken out when that file has it, so that a crash between the two files loses none.
create table receipt_note
(
    receipt integer not null,
    item    integer not null,        -- position in a callback that carries several
    kind    text,                    -- ReceiptOddity; null: it waited, and has settled its message
    detail  text not null,
    primary key (receipt, item)
) strict, without rowid;
