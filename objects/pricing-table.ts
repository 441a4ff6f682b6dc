import type { PricingTable } from '../domain/rows/pricing-table';
import type { WirePricingTable } from './shapes/pricing-table';

/** A page of prices. */
export function toPricingTable({ id, active, created, livemode, metadata, products, settings, url }: PricingTable): WirePricingTable {
  return { id, object: 'pricing_table', active, created, livemode, metadata, products, ...settings, url };
}
