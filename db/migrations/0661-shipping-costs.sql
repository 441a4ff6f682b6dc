-- What the delivery of goods costs, apart from the lines: {amount_subtotal, amount_tax, amount_total, shipping_rate}. Null: nothing is delivered.
alter table invoices add column shipping_cost jsonb;
alter table credit_notes add column shipping_cost jsonb;
