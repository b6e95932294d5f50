-- Of a row that is left out because another run of the campaign may have sent the message already: that run's date.
alter table exclusion add column earlier text;
