import { effectivePercentage } from '../domain/line/taxes';
import type { Rows } from '../domain/rows/rows';
import type { TaxRate } from '../domain/rows/tax-rate';
import type { WireTaxRate } from './shapes/tax-rate';

/** Stripe's tax rate: a percentage, because Dunlin charges no flat amounts. The effective one is of the whole price. */
export function toStripeTaxRate(rate: TaxRate): WireTaxRate {
  return {
    id: rate.id,
    object: 'tax_rate',
    active: rate.active,
    country: rate.country,
    created: rate.created,
    description: rate.description,
    display_name: rate.displayName,
    effective_percentage: Number(effectivePercentage(rate)),
    flat_amount: null,
    inclusive: rate.inclusive,
    jurisdiction: rate.jurisdiction,
    jurisdiction_level: null,
    livemode: rate.livemode,
    metadata: rate.metadata,
    percentage: Number(rate.percentage),
    rate_type: 'percentage',
    state: rate.state,
    tax_type: rate.taxType,
  };
}

/** Subscriptions, items and invoices show their chosen rates in full, as at Stripe. */
export function taxRatesOf(ids: string[], rows: Rows): WireTaxRate[] {
  return ids.map((id) => toStripeTaxRate(rows.get('taxRate', id)));
}
