/**
 * The inputs of a preview besides the change itself: items to add, inline prices, other discounts. All of it goes into the change set,
 * which is rendered and discarded.
 */
import { isChange } from '../line/change-proration';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import { putInlinePrice, within, type PriceData } from '../price/inline-price';
import { linesOf, recalculateInvoice } from '../line/draft';
import type { InvoiceItem } from '../rows/invoice';
import { itemTax } from '../invoice/item-tax';
import type { LineParameters } from '../invoice/parameters';
import { assertPriced, BLANK_LINE, lineChange } from '../invoice/line-requests';
import type { ChangeSet } from '../core/change-set';
import type { TaxBehavior } from '../rows/price';
import { assertDiscountsWithin } from '../money/bounds';
import { sumOf } from '../money/money';
import { namedSchedule, type DescribedSchedule } from './schedule-preview-prices';
import { planPreview, type PreviewParameters } from './subscription-preview';
import type { DiscountParameters, ItemParameters } from '../rows/subscription-parameters';
import { unchargeable } from '../line/amount-limits';

type Details = NonNullable<PreviewParameters['subscription_details']>;
type DescribedItem = ItemParameters & { price_data?: PriceData | undefined };

export interface InvoicePreviewParameters extends Omit<PreviewParameters, 'subscription_details' | 'schedule_details'> {
  schedule_details?: DescribedSchedule;
  subscription_details?: Omit<Details, 'items'> & { items?: DescribedItem[] };
  /** Absent: the subscription's or customer's; null: none. */
  discounts?: DiscountParameters[] | null;
  invoice_items?: PreviewItem[];
}

/** A previewed line; it can have its own currency. `invoiceitem` references an existing pending item. */
export type PreviewItem = Omit<LineParameters, 'id' | 'invoice_item' | 'pricing'> & {
  currency?: string | undefined;
  invoiceitem?: string | undefined;
  price?: string | undefined;
  tax_behavior?: TaxBehavior | undefined;
  tax_code?: string | null | undefined;
};

/**
 * Plans the preview and returns the id of its invoice among the change set's rows.
 *
 * @throws BillingError invoice_upcoming_none, and as the change, an item or a discount does
 */
export function planInvoicePreview(changes: ChangeSet, params: InvoicePreviewParameters): string {
  assertDiscountsWithin(sumOf((params.invoice_items ?? []).map(({ discounts }) => discounts?.length ?? 0)), 'invoice_items');
  (params.invoice_items ?? []).forEach((item, index) => {
    underParam(`invoice_items[${String(index)}]`, () => {
      putPreviewItem(changes, params, item);
    });
  });
  const { subscription_details: details, schedule_details: schedule, ...rest } = params;
  const items = details?.items?.map((item, index) =>
    underParam(`subscription_details[items][${String(index)}]`, () => named(changes, item)),
  );
  const id = planPreview(changes, {
    ...rest,
    ...(details ? { subscription_details: { ...details, ...(items ? { items } : {}) } } : {}),
    ...(schedule ? { schedule_details: namedSchedule(changes, schedule) } : {}),
  });
  if (params.discounts !== undefined) discountPreview(changes, id, params.discounts ?? []);
  sayUnchargeable(changes, id);
  return id;
}

/** Shows now that the invoice will be too large to finalize. */
function sayUnchargeable(changes: ChangeSet, id: string): void {
  const refused = unchargeable(changes.rows, changes.rows.get('invoice', id));
  if (refused) changes.patch('invoice', id, { lastFinalizationError: { code: refused.code, message: refused.message } });
}

/** The discounts count as in force for everything that is billed, including the prorations of the previewed change. */
function discountPreview(changes: ChangeSet, id: string, params: DiscountParameters[]): void {
  const { subtotal: amount, currency, discounts: before } = changes.rows.get('invoice', id);
  const discounts = requestedDiscounts(changes, params, { invoice: id }, { purchase: { amount, currency } });
  changes.patch('invoice', id, { discounts });
  for (const line of linesOf(changes.rows, id)) {
    if (!isChange(line) || !line.discountable || changes.base.find('invoiceItem', line.invoiceItem)) continue;
    const own = line.discounts.filter((each) => !before.includes(each));
    changes.patch('invoiceLineItem', line.id, { discounts: [...own, ...discounts] });
  }
  recalculateInvoice(changes, id);
}

function named(changes: ChangeSet, { price_data: data, ...item }: DescribedItem): ItemParameters {
  return data ? { ...item, price: putInlinePrice(changes, data).id, described: true } : item;
}

/** Puts an item as if it waited for the next invoice. */
function putPreviewItem(changes: ChangeSet, params: InvoicePreviewParameters, item: PreviewItem): void {
  const customer = changes.rows.get('customer', params.customer);
  const subscription = changes.rows.find('subscription', params.subscription ?? null);
  const line: LineParameters = { ...item, pricing: { price: item.price } };
  if (item.invoiceitem !== undefined) {
    const waiting = waitingItem(changes, item.invoiceitem, customer.id);
    const change = lineChange(changes, waiting, line, waiting.id);
    changes.patch('invoiceItem', waiting.id, { ...change, ...itemTax({ ...waiting, ...change }, item) });
    return;
  }
  assertPriced(line);
  const currency = item.currency ?? subscription?.currency ?? params.currency ?? customer.currency ?? 'usd';
  const { testClock } = customer;
  const resource = changes.resource('ii');
  const blank = { ...BLANK_LINE, currency, subscription: subscription?.id ?? null, periodStart: changes.now, periodEnd: changes.now };
  const content = { ...blank, ...lineChange(changes, blank, line, resource.id) };
  const tax = itemTax(content, item);
  changes.put('invoiceItem', { ...resource, ...content, ...tax, deleted: false, customer: customer.id, testClock, invoice: null });
}

function waitingItem(changes: ChangeSet, id: string, customer: string): InvoiceItem {
  const item = changes.rows.find('invoiceItem', id);
  if (item && !item.deleted && item.customer === customer && item.invoice === null) return item;
  throw new BillingError('resource_missing', `No such invoiceitem: '${id}'`, { param: 'invoiceitem' });
}

/** Runs `work`; a refusal names its parameter under `prefix`. */
function underParam<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BillingError ? within(prefix, error) : error;
  }
}
