-- Who receives what an invoice bills, where that is not the customer's shipping address: {name, phone, address}. Null: nobody else was named.
alter table invoices add column shipping_details jsonb;
