/** A new draft with the content of another quote: as a copy, or as its next revision. */
import type { RedemptionTerms } from '../discount/requests';
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { Quote } from '../rows/quote';
import { expiry, putQuote, recompute, unexpected, waitForExpiry } from './changes';
import { offeredDiscounts, redemptionOf } from './discounts';

export interface CloneParameters {
  from_quote: { quote: string; is_revision?: boolean | undefined };
  expires_at?: number | undefined;
}

/**
 * Returns the new quote's id.
 *
 * @throws BillingError quote_unexpected_state if the source was canceled, or is to be revised and is not open
 */
export function cloneQuote(changes: ChangeSet, { from_quote: { quote, is_revision = false }, expires_at }: CloneParameters): string {
  const source = changes.rows.get('quote', quote);
  const param = 'from_quote[quote]';
  if (source.status === 'canceled') throw unexpected(source, 'a canceled quote cannot be cloned', param);
  if (is_revision && source.status !== 'open') throw unexpected(source, 'only an open quote can be revised', param);
  if (changes.rows.find('customer', source.customer)?.deleted) {
    throw new BillingError('resource_missing', `No such customer: '${source.customer ?? ''}'`, { param });
  }
  const { id } = putQuote(changes, { ...copyOf(changes, source), ...expiry(changes, { expires_at }), fromQuote: { quote, is_revision } });
  recompute(changes, id);
  changes.emit('quote.created', 'quote', id);
  waitForExpiry(changes, id);
  return id;
}

function copyOf(changes: ChangeSet, source: Quote): Partial<Quote> {
  const currency = source.currency ?? '';
  const purchase = { amount: source.amounts.subtotal, currency };
  const ask = redemptionOf(changes, source.customer);
  const again = (ids: string[], terms: RedemptionTerms) => offeredDiscounts(changes, ask(ids), { customer: source.customer, ...terms });
  const { customer, testClock, collectionMethod, description, header, footer } = source;
  const { defaultTaxRates, invoiceSettings, subscriptionData, metadata } = source;
  return {
    automaticTax: source.automaticTax,
    ...{ customer, testClock, collectionMethod, description, header, footer },
    ...{ defaultTaxRates, invoiceSettings, subscriptionData, metadata },
    discounts: again(source.discounts, { purchase }),
    lineItems: source.lineItems.map((line, index) => ({
      ...line,
      id: changes.id('li'),
      discounts: again(line.discounts, { currency, param: `line_items[${String(index)}][discounts]` }),
    })),
  };
}
