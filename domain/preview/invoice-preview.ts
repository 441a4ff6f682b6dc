/**
 * What a preview takes beyond the change itself: items that would be added, prices that are only described, other discounts. All
 * of it is put into the plan, which is rendered and thrown away.
 */
import { isChange } from '../line/change-proration';
import { requestedDiscounts } from '../discount/requests';
import { BillingError } from '../core/errors';
import { putInlinePrice, within, type PriceData } from '../price/inline-price';
import { linesOf, recalculateInvoice } from '../line/draft';
import type { InvoiceItem } from '../rows/invoice';
import type { LineParameters } from '../invoice/parameters';
import { assertPriced, BLANK_LINE, lineChange } from '../invoice/line-requests';
import type { Plan } from '../core/change-set';
import { namedSchedule, type DescribedSchedule } from './schedule-preview-prices';
import { planPreview, type PreviewParameters } from './subscription-preview';
import type { DiscountParameters, ItemParameters } from '../rows/subscription-parameters';
import { unchargeable } from '../line/amount-limits';

type Details = NonNullable<PreviewParameters['subscription_details']>;
type DescribedItem = ItemParameters & { price_data?: PriceData | undefined };

export interface InvoicePreviewParameters extends Omit<PreviewParameters, 'subscription_details' | 'schedule_details'> {
  schedule_details?: DescribedSchedule;
  subscription_details?: Omit<Details, 'items'> & { items?: DescribedItem[] };
  /** Absent: those of the subscription or the customer; null: none. */
  discounts?: DiscountParameters[] | null;
  invoice_items?: PreviewItem[];
}

/** A line as it would be, in a currency of its own choice; `invoiceitem` names one that waits already. */
export type PreviewItem = Omit<LineParameters, 'id' | 'invoice_item' | 'pricing'> & {
  currency?: string | undefined;
  invoiceitem?: string | undefined;
  price?: string | undefined;
};

/** The previewed invoice's id, among the plan's rows. Throws what the change, an item or a discount would, and invoice_upcoming_none. */
export function planInvoicePreview(plan: Plan, asked: InvoicePreviewParameters): string {
  (asked.invoice_items ?? []).forEach((item, index) => {
    told(`invoice_items[${String(index)}]`, () => {
      putPreviewItem(plan, asked, item);
    });
  });
  const { subscription_details: details, schedule_details: schedule, ...rest } = asked;
  const items = details?.items?.map((item, index) => told(`subscription_details[items][${String(index)}]`, () => named(plan, item)));
  const id = planPreview(plan, {
    ...rest,
    ...(details ? { subscription_details: { ...details, ...(items ? { items } : {}) } } : {}),
    ...(schedule ? { schedule_details: namedSchedule(plan, schedule) } : {}),
  });
  if (asked.discounts !== undefined) discountPreview(plan, id, asked.discounts ?? []);
  sayUnchargeable(plan, id);
  return id;
}

/** What will happen to it then is told now. */
function sayUnchargeable(plan: Plan, id: string): void {
  const refused = unchargeable(plan.rows, plan.rows.get('invoice', id));
  if (refused) plan.patch('invoice', id, { lastFinalizationError: { code: refused.code, message: refused.message } });
}

/** As if they were at work on what is billed: the prorations that the previewed change makes have them too. */
function discountPreview(plan: Plan, id: string, asked: DiscountParameters[]): void {
  const { subtotal: amount, currency, discounts: before } = plan.rows.get('invoice', id);
  const discounts = requestedDiscounts(plan, asked, { invoice: id }, { purchase: { amount, currency } });
  plan.patch('invoice', id, { discounts });
  for (const line of linesOf(plan.rows, id)) {
    if (!isChange(line) || !line.discountable || plan.base.find('invoiceItem', line.invoiceItem)) continue;
    const own = line.discounts.filter((each) => !before.includes(each));
    plan.patch('invoiceLineItem', line.id, { discounts: [...own, ...discounts] });
  }
  recalculateInvoice(plan, id);
}

function named(plan: Plan, { price_data: data, ...item }: DescribedItem): ItemParameters {
  return data ? { ...item, price: putInlinePrice(plan, data).id, described: true } : item;
}

/** Puts an item as if it waited for the next invoice. */
function putPreviewItem(plan: Plan, asked: InvoicePreviewParameters, item: PreviewItem): void {
  const customer = plan.rows.get('customer', asked.customer);
  const subscription = plan.rows.find('subscription', asked.subscription ?? null);
  const line: LineParameters = { ...item, pricing: { price: item.price } };
  if (item.invoiceitem !== undefined) {
    const waiting = waitingItem(plan, item.invoiceitem, customer.id);
    plan.patch('invoiceItem', waiting.id, lineChange(plan, waiting, line, waiting.id));
    return;
  }
  assertPriced(line);
  const currency = item.currency ?? subscription?.currency ?? asked.currency ?? customer.currency ?? 'usd';
  const { testClock } = customer;
  const resource = plan.resource('ii');
  const blank = { ...BLANK_LINE, currency, subscription: subscription?.id ?? null, periodStart: plan.now, periodEnd: plan.now };
  const content = { ...blank, ...lineChange(plan, blank, line, resource.id) };
  plan.put('invoiceItem', { ...resource, ...content, deleted: false, customer: customer.id, testClock, invoice: null });
}

function waitingItem(plan: Plan, id: string, customer: string): InvoiceItem {
  const item = plan.rows.find('invoiceItem', id);
  if (item && !item.deleted && item.customer === customer && item.invoice === null) return item;
  throw new BillingError('resource_missing', `No such invoiceitem: '${id}'`, { param: 'invoiceitem' });
}

/** A refusal is told under the parameter that it is about. */
function told<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BillingError ? within(prefix, error) : error;
  }
}
