-- The tax code of an invoice item itself, which counts before its product's. Null: the product's, or the seller's default.
alter table invoice_items add column tax_code text;
alter table invoice_line_items add column tax_code text;
