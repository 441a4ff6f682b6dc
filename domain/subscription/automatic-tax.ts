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
  requireAutomaticOnly(rows, [...defaultTaxRates, ...items.flatMap(({ taxRates }) => taxRates)]);
  for (const { price } of items) requireBehavior(changes, price);
  if (!enables || changes.context.preview) return;
  const place = locationFor(rows, rows.get('customer', customer), [defaultPaymentMethod])?.place ?? null;
  if (place === null) throw new BillingError('customer_tax_location_invalid', NO_PLACE, { param: 'automatic_tax[enabled]' });
}

function requireBehavior(changes: ChangeSet, id: string): void {
  const { taxBehavior, currency } = changes.rows.get('price', id);
  if (taxBehavior !== 'unspecified' || defaultBehavior(changes.rows, currency) !== null) return;
  const message = `The price ${id} does not say whether tax is inside. Set its \`tax_behavior\`, or a default in your tax settings.`;
  throw new BillingError('parameter_invalid', message, { param: 'automatic_tax[enabled]' });
}
