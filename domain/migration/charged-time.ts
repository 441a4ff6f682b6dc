/** What the other system has charged for the running periods: a change in the middle of one gives it back. */
import type { ChangeSet } from '../core/change-set';
import { sumOf } from '../money/money';
import { rate } from '../price/rating';
import { isMetered, priceIn } from '../rows/price';
import type { BilledElsewhere } from '../rows/subscription';
import { periodOf, type SourceItem, type SourceLine, type SourceSubscription } from './source-objects';

/** By the lines of the latest invoice; an item that is not on it was charged its price. */
export function chargedThere(changes: ChangeSet, source: SourceSubscription): BilledElsewhere[] {
  const { latest_invoice: invoice, status } = source;
  if (status === 'trialing' || status === 'paused') return [];
  const lines = invoice === null || invoice.status === 'void' ? [] : invoice.lines.data;
  return source.items.data.filter(isOfTime).flatMap((item) => {
    const period = periodOf(source, item);
    const own = lines.filter((line) => itemOf(line) === item.id && line.amount > 0 && line.period.end > period.start);
    return own.length > 0 ? own.map((line) => chargedBy(line, item.id)) : [chargedByPrice(changes, source, item)];
  });
}

const isOfTime = ({ price }: SourceItem): boolean => price.recurring?.usage_type !== 'metered';

const itemOf = ({ parent }: SourceLine): string | null =>
  (parent?.subscription_item_details ?? parent?.invoice_item_details)?.subscription_item ?? null;

function chargedBy({ amount, discount_amounts: discounts, period }: SourceLine, item: string): BilledElsewhere {
  return { item, amount: amount - sumOf((discounts ?? []).map((each) => each.amount)), net: true, start: period.start, end: period.end };
}

function chargedByPrice(changes: ChangeSet, source: SourceSubscription, item: SourceItem): BilledElsewhere {
  const price = priceIn(changes.rows.get('price', item.price.id), source.currency);
  return { item: item.id, amount: rate(price, item.quantity ?? 1).full, net: false, ...periodOf(source, item) };
}

/** What an invoice that the other system has made in the shadow of ours charges for time. */
export function chargedInShadow(before: readonly BilledElsewhere[], changes: ChangeSet, invoices: readonly string[]): BilledElsewhere[] {
  const { rows } = changes;
  const lines = rows.where('invoiceLineItem', (line) => invoices.includes(line.invoice) && line.amount > 0 && !line.basis?.usage);
  const charged = lines.flatMap(({ subscriptionItem: item, price, amount, discountAmounts, periodStart, periodEnd }) => {
    if (item === null || price === null || isMetered(rows.get('price', price))) return [];
    const net = amount - sumOf(discountAmounts.map((each) => each.amount));
    return [{ item, amount: net, net: true, start: periodStart, end: periodEnd }];
  });
  const items = new Set(charged.map(({ item }) => item));
  return [...before.filter(({ item }) => !items.has(item)), ...charged];
}
