-- The fee that was booked before the processor had told its own. Null: it has told it, or the sandbox's bank has opened the dispute.
alter table disputes add column estimated_fee bigint;
