/** The shipping cost that a caller puts on a draft: of a shipping rate, or of one that the request describes. */
import type { ChangeSet } from '../core/change-set';
import { nestedIn } from '../core/nested-refusal';
import type { InvoiceSettingsParameters } from '../invoice/parameters';
import { linesOf, putLine } from '../line/draft';
import { isShipping, shippingLineOf } from '../line/shipping';
import { usableShippingRate } from '../price/shipping-rates';
import { assertLinesWithin } from '../money/bounds';
import type { LineContent } from '../rows/invoice';

/** The line of it; none if the request names none. */
export function shippingAsked(changes: ChangeSet, { shipping_cost: asked }: InvoiceSettingsParameters, currency: string): LineContent[] {
  if (!asked) return [];
  return nestedIn('shipping_cost', () => {
    const { rate, amount } = usableShippingRate(changes, asked, currency);
    return [shippingLineOf(rate, { amount, currency, now: changes.now })];
  });
}

/**
 * Replaces that of a draft; an empty one removes it. The totals are not recalculated here.
 *
 * @throws BillingError too_many_items
 */
export function changeShipping(changes: ChangeSet, id: string, params: InvoiceSettingsParameters): void {
  if (params.shipping_cost === undefined) return;
  const asked = shippingAsked(changes, params, changes.rows.get('invoice', id).currency);
  for (const line of linesOf(changes.rows, id).filter(isShipping)) changes.remove('invoiceLineItem', line.id);
  const present = linesOf(changes.rows, id);
  assertLinesWithin(present.length + asked.length, 'shipping_cost');
  const from = (present.at(-1)?.position ?? -1) + 1;
  asked.forEach((content, index) => putLine(changes, id, from + index, { content, invoiceItem: null }));
}
