-- Why a draft could not become final by itself.
alter table invoices add column last_finalization_error jsonb;
