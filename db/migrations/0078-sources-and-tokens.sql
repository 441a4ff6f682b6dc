-- Cards as sources: what clients of before payment methods keep with a customer, and the tokens that such cards come from.
alter table payment_methods add column is_source boolean not null default false;
alter table payment_methods add column token text check (token in ('unused', 'used'));
alter table customers add column default_source text;

-- A product was once a good or a service.
alter table products add column type text not null default 'service' check (type in ('good', 'service'));

-- Of which the payer may choose.
alter table payment_intents add column allowed_payment_method_types text[];
alter table setup_intents add column allowed_payment_method_types text[];
