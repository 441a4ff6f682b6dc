-- The part of a price that a rate applies to, in percent: Texas taxes 80 % of it at 6.25 %.
alter table tax_rates add column basis text not null default '100';
