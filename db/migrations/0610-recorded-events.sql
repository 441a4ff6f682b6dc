-- Whoever follows the events reads those that were written last, whatever the clocks of their customers show.
create index events_recorded on events using brin (recorded) with (pages_per_range = 16, autosummarize = on);
