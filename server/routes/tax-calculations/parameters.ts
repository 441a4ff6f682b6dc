import { isTaxIdOf } from '../../../domain/customer/tax-id-formats';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import type { TaxCustomerDetails } from '../../../domain/rows/requested-tax-calculation';
import type { TaxIdType } from '../../../domain/rows/tax-id';
import type { RequestedLine, RequestedShippingCost } from '../../../domain/tax/requested-calculation';
import { mergeMetadata } from '../../../domain/core/metadata';
import type { z } from 'zod';
import { describedTaxIds } from '../../schemas/tax-ids';
import { address, array, currency, id, integer, metadata, name, object, oneOf, quantity, timestamp } from '../../http/parameters';

const line = object({
  amount: integer({ min: 0, max: LIMITS.lineAmount.max }),
  metadata: metadata().optional(),
  product: id().optional(),
  quantity: quantity({ min: 1 }).optional(),
  reference: name({ max: 200 }).optional(),
  tax_behavior: oneOf(['exclusive', 'inclusive']).optional(),
  tax_code: name({ max: 30 }).optional(),
});

const customerDetails = object({
  address: address().optional(),
  address_source: oneOf(['billing', 'shipping']).optional(),
  ip_address: name({ max: 45 }).optional(),
  tax_ids: describedTaxIds().optional(),
  taxability_override: oneOf(['customer_exempt', 'none', 'reverse_charge']).optional(),
});

export const calculationShape = {
  currency: currency(),
  customer: id().optional(),
  customer_details: customerDetails.optional(),
  line_items: array(line, { max: 100 }),
  shipping_cost: line.pick({ amount: true, tax_behavior: true, tax_code: true }).optional(),
  tax_date: timestamp().optional(),
};

export const UNSUPPORTED: readonly string[] = ['ship_from_details', 'shipping_cost[shipping_rate]'];

/** Lines are net where nothing else is said, whatever the settings are: https://docs.stripe.com/api/tax/calculations/create */
export function lineOf(given: z.output<typeof line>): RequestedLine {
  const { amount, metadata: own, product = null, quantity: units = 1, reference = null, tax_behavior: behavior = 'exclusive' } = given;
  const kept = own === undefined ? null : mergeMetadata({}, own);
  return { amount, metadata: kept, product, quantity: units, reference, taxBehavior: behavior, taxCode: given.tax_code ?? null };
}

export function shippingOf(given: z.output<typeof calculationShape.shipping_cost>): RequestedShippingCost | null {
  if (!given) return null;
  return { amount: given.amount, taxBehavior: given.tax_behavior ?? 'exclusive', taxCode: given.tax_code ?? null };
}

export function givenDetails(given: z.output<typeof customerDetails> = {}): TaxCustomerDetails {
  return {
    address: given.address ?? null,
    address_source: given.address_source ?? null,
    ip_address: given.ip_address ?? null,
    tax_ids: given.tax_ids ?? [],
    taxability_override: given.taxability_override ?? 'none',
  };
}

/** @throws BillingError tax_id_invalid */
export function checkTaxIds(given: readonly { type: TaxIdType; value: string }[] = []): void {
  given.forEach(({ type, value }, index) => {
    const param = `customer_details[tax_ids][${String(index)}][value]`;
    if (!isTaxIdOf(type, value)) throw new BillingError('tax_id_invalid', `Invalid value for ${type}.`, { param });
  });
}
