/** What waits at the other system for the next invoice of a subscription waits here, too, because whoever makes that invoice bills it. */
import type { ChangeSet } from '../core/change-set';
import { mergeMetadata } from '../core/metadata';
import type { Customer } from '../rows/customer';
import type { InvoiceItem } from '../rows/invoice';
import type { SourcePendingItem, SourceSubscription } from './source-objects';
import { idOf, idOrNull } from './source-parts';
import { taxRatesIn } from './taking';

/** Those that do not wait there any more have been billed there. */
export function putPendingItems(changes: ChangeSet, { id, currency, pending }: SourceSubscription, customer: Customer): void {
  for (const source of pending) {
    const known = changes.rows.find('invoiceItem', source.id);
    changes.put('invoiceItem', { ...itemOf(changes, source, customer), deleted: known?.deleted ?? false });
  }
  const waiting = pending.map((each) => each.id);
  const isForThis = (item: InvoiceItem): boolean => item.subscription === id || (item.subscription === null && item.currency === currency);
  const isOf = (item: InvoiceItem): boolean => item.customer === customer.id && item.invoice === null && isForThis(item);
  const gone = changes.rows.where('invoiceItem', (item) => isOf(item) && !waiting.includes(item.id));
  for (const item of gone) changes.patch('invoiceItem', item.id, { deleted: true });
}

function itemOf(changes: ChangeSet, source: SourcePendingItem, { id: customer, testClock }: Customer): InvoiceItem {
  const { account, livemode } = changes.context;
  const { id, amount, currency, description, discountable, proration, quantity, period } = source;
  const details = source.parent?.subscription_details;
  return {
    ...{ id, account, livemode, created: source.date, deleted: false, customer, testClock, invoice: null },
    ...{ amount, currency, description, discountable, proration, quantity, discounts: [], prorationDetails: null, basis: null },
    ...{
      subscription: idOrNull(details?.subscription),
      subscriptionItem: details?.subscription_item ?? null,
      periodStart: period.start,
      periodEnd: period.end,
    },
    ...pricingOf(changes, source),
    taxRates: taxRatesIn(changes, source.tax_rates, 'pending'),
    metadata: mergeMetadata({}, source.metadata),
  };
}

type Pricing = Pick<InvoiceItem, 'price' | 'product' | 'taxBehavior' | 'taxCode' | 'unitAmountDecimal'>;

function pricingOf(changes: ChangeSet, { pricing }: SourcePendingItem): Pricing {
  const price = changes.rows.find('price', idOrNull(pricing?.price_details?.price));
  if (!price) return { price: null, product: null, taxBehavior: null, taxCode: null, unitAmountDecimal: null };
  return {
    price: price.id,
    product: price.product,
    taxBehavior: price.taxBehavior,
    taxCode: null,
    unitAmountDecimal: price.unitAmountDecimal,
  };
}

/** The rows that they name. */
export function namedByPending(pending: readonly SourcePendingItem[]): { price: string[]; taxRate: string[] } {
  return {
    price: pending.flatMap(({ pricing }) => idOrNull(pricing?.price_details?.price) ?? []),
    taxRate: pending.flatMap(({ tax_rates: rates }) => (rates ?? []).map(idOf)),
  };
}
