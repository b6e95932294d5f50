-- A run may send what an earlier one of the campaign left: the date of that one.
alter table run add column rest_of text;
