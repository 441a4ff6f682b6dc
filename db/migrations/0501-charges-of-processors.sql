-- Disputes and warnings name the processor's own payment. The sandbox's names are keys of ours, with a slash.
create index charges_of_processor on charges (gateway_reference) where gateway_reference not like '%/%';
