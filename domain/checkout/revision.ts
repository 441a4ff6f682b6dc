/** Changes of an open session before it is paid: by the buyer on the page, and by the seller through the API. Each prices it again. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { enteredTaxId } from '../customer/entered-tax-ids';
import type { ChangeSet } from '../core/change-set';
import { NO_DETAILS, type CheckoutCustomerDetails, type CheckoutLine, type CheckoutSession } from '../rows/checkout-session';
import type { ShippingRateAsked } from '../price/shipping-rates';
import type { Metadata, Shipping } from '../rows/resource';
import type { DiscountParameters } from '../rows/subscription-parameters';
import { priceSession } from './amounts';
import { sessionLines } from './lines';
import { withOptional, type OptionalChange } from './optional-items';
import type { CheckoutLineParameters } from './parameters';
import { assertWaiting, isOver } from './refusals';
import { releaseSaleInvoice } from './sale-invoice';
import { assertDeliverable, assertOffered, withShipping } from './shipping';

export interface Revision extends OptionalChange {
  /** By the ids of lines whose quantity the buyer may change. */
  quantities?: Record<string, number>;
  /** The whole list: lines that it omits are removed. */
  lines?: readonly CheckoutLineParameters[] | undefined;
  discounts?: DiscountParameters[];
  details?: Partial<CheckoutCustomerDetails>;
  /** As entered; an empty text is none. */
  taxId?: string;
  /** Where the goods go. */
  shipping?: Shipping;
  /** The buyer's choice. */
  shippingRate?: string;
  /** The whole list that the seller offers. */
  shippingOptions?: readonly ShippingRateAsked[] | undefined;
}

/** The seller's notes, which may change at any time. */
export function noteOnSession(changes: ChangeSet, id: string, metadata: Metadata | null | undefined): void {
  changes.patch('checkoutSession', id, { metadata: mergeMetadata(changes.rows.get('checkoutSession', id).metadata, metadata) });
}

/** @throws BillingError checkout_session_unexpected_state, parameter_invalid for a quantity, and as `sessionLines` and `priceSession` do */
export function reviseSession(changes: ChangeSet, id: string, revision: Revision): void {
  assertWaiting(changes.rows, changes.rows.get('checkoutSession', id), 'updated');
  releaseSaleInvoice(changes, changes.rows.get('checkoutSession', id));
  const before = changes.rows.get('checkoutSession', id);
  if (before.expiresAt <= changes.now) throw isOver();
  if (revision.shipping) assertDeliverable(before, revision.shipping);
  if (revision.shippingRate !== undefined) assertOffered(before, revision.shippingRate);
  const lineItems = revision.lines ? sessionLines(changes, before, revision.lines) : withQuantities(before, revision.quantities ?? {});
  const changed = {
    ...before,
    lineItems: withOptional(changes, { ...before, lineItems }, revision),
    discounts: revision.discounts ?? before.discounts,
    customerDetails: withTaxId(before, detailsOf(before, revision.details), revision.taxId),
    shippingDetails: revision.shipping ?? before.shippingDetails,
    shippingRate: revision.shippingRate ?? before.shippingRate,
  };
  const session = revision.shippingOptions ? withShipping(changes, changed, revision.shippingOptions) : changed;
  changes.put('checkoutSession', { ...session, ...priceSession(changes, session) });
}

function detailsOf({ customerDetails }: CheckoutSession, details: Revision['details']): CheckoutSession['customerDetails'] {
  return details === undefined ? customerDetails : { ...NO_DETAILS, ...customerDetails, ...details };
}

/** @throws BillingError tax_id_invalid if it can be no tax id of the buyer's country */
function withTaxId(
  { livemode }: CheckoutSession,
  details: CheckoutSession['customerDetails'],
  entered: string | undefined,
): CheckoutSession['customerDetails'] {
  if (entered === undefined) return details;
  const known = details ?? NO_DETAILS;
  const taxId = entered === '' ? null : enteredTaxId(known.address?.country ?? '', entered, livemode);
  if (taxId !== null || entered === '') return { ...known, tax_ids: taxId === null ? [] : [taxId] };
  throw new BillingError('tax_id_invalid', `'${entered}' cannot be a tax ID of the buyer's country.`, { param: 'tax_id' });
}

function withQuantities({ lineItems }: CheckoutSession, quantities: Record<string, number>): CheckoutLine[] {
  return lineItems.map((line) => {
    const quantity = quantities[line.id];
    if (quantity === undefined || line.adjustable === null) return line;
    const { minimum, maximum } = line.adjustable;
    if (quantity >= (minimum ?? 0) && quantity <= (maximum ?? quantity)) return { ...line, quantity };
    throw new BillingError('parameter_invalid', 'This quantity is not offered.', { param: 'quantity' });
  });
}
