import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { defaultBehavior, requireAutomaticOnly } from '../line/automatic-tax';
import { itemsOf } from '../subscription-item/items';
import { locationFor, NO_PLACE } from '../tax/location';

/**
 * Checks a subscription that has automatic tax, after its creation or a change. `enables`: the request switched it on.
 *
 * @throws BillingError parameter_invalid with manual tax rates, without a head office, or for a price that does not say whether tax is inside;
 * customer_tax_location_invalid if the customer's place is unknown (a preview shows that instead)
 */
export function checkAutomaticTax(changes: ChangeSet, id: string, enables: boolean): void {
  const { rows } = changes;
  const { automaticTax, customer, defaultPaymentMethod, defaultTaxRates } = rows.get('subscription', id);
  if (!automaticTax.enabled) return;
  const items = itemsOf(rows, id);
  const rates = [...defaultTaxRates, ...items.flatMap(({ taxRates }) => taxRates)];
  requireTaxable(changes, { prices: items.map(({ price }) => price), rates });
  if (enables) requireTaxPlace(changes, customer, [defaultPaymentMethod]);
}

/**
 * Whether lines of these prices can have automatic tax.
 *
 * @throws BillingError parameter_invalid with manual tax rates, without a head office, or for a price that does not say whether tax is inside
 */
export function requireTaxable(changes: ChangeSet, { prices, rates }: { prices: string[]; rates: string[] }, param = PARAM): void {
  requireAutomaticOnly(changes.rows, rates, param);
  for (const price of prices) requireBehavior(changes, price, param);
}

/** @throws BillingError customer_tax_location_invalid, but not in a preview, which shows that instead */
export function requireTaxPlace(changes: ChangeSet, customer: string, methods: (string | null)[], param = PARAM): void {
  if (changes.context.preview) return;
  const place = locationFor(changes.rows, changes.rows.get('customer', customer), methods)?.place ?? null;
  if (place === null) throw new BillingError('customer_tax_location_invalid', NO_PLACE, { param });
}

const PARAM = 'automatic_tax[enabled]';

function requireBehavior(changes: ChangeSet, id: string, param: string): void {
  const { taxBehavior, currency } = changes.rows.get('price', id);
  if (taxBehavior !== 'unspecified' || defaultBehavior(changes.rows, currency) !== null) return;
  const message = `The price ${id} does not say whether tax is inside. Set its \`tax_behavior\`, or a default in your tax settings.`;
  throw new BillingError('parameter_invalid', message, { param });
}
