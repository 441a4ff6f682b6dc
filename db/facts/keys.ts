/** The keys that loaded facts reference, to be loaded next. */
import type { DiscountParameters } from '../../domain/rows/subscription-parameters';
import type { SchedulePhase } from '../../domain/rows/subscription-schedule';
import type { InvoiceLineItem } from '../../domain/rows/invoice';
import type { Rows } from '../../domain/rows/rows';

type Keys = (string | null | undefined)[];

/** Each key once. */
export const distinct = (keys: Keys): string[] => [...new Set(keys.filter((key) => typeof key === 'string'))];

export function pricesIn(rows: Rows): string[] {
  const pending = rows.all('subscription').flatMap(({ pendingUpdate }) => pendingUpdate?.items ?? []);
  const priced = [...rows.all('subscriptionItem'), ...rows.all('usagePeriod'), ...rows.all('invoiceItem'), ...phaseItems(rows), ...pending];
  return distinct([...priced.map(({ price }) => price), ...pricesToTax(rows), ...pricesSoldOnce(rows)]);
}

/** The products of a draft's lines decide its automatic tax. */
function pricesToTax(rows: Rows): (string | null)[] {
  const drafts = new Set(
    rows.where('invoice', ({ automaticTax, status }) => automaticTax.enabled && status === 'draft').map(({ id }) => id),
  );
  return rows.where('invoiceLineItem', ({ invoice }) => drafts.has(invoice)).map(({ price }) => price);
}

/** What an invoice that is not paid yet sells besides a subscription's items may bring a license. */
function pricesSoldOnce(rows: Rows): (string | null)[] {
  const unpaid = new Set(rows.where('invoice', ({ status }) => status === 'draft' || status === 'open').map(({ id }) => id));
  const isSoldOnce = ({ invoice, subscriptionItem }: InvoiceLineItem): boolean => subscriptionItem === null && unpaid.has(invoice);
  return rows.where('invoiceLineItem', isSoldOnce).map(({ price }) => price);
}

export function taxRatesIn(rows: Rows): string[] {
  const byDefault = [...rows.all('subscription'), ...rows.all('creditTopUp'), ...rows.all('invoice')];
  const taxed = [...rows.all('subscriptionItem'), ...rows.all('invoiceLineItem'), ...rows.all('usagePeriod'), ...rows.all('invoiceItem')];
  return distinct([
    ...byDefault.flatMap(({ defaultTaxRates }) => defaultTaxRates),
    ...taxed.flatMap(({ taxRates }) => taxRates),
    ...rows.all('invoiceLineItem').flatMap(({ taxes }) => taxes.map((tax) => tax.tax_rate)),
    ...phases(rows).flatMap((phase) => phase.default_tax_rates),
    ...phaseItems(rows).flatMap((item) => item.tax_rates),
  ]);
}

export function discountsIn(rows: Rows): { discounts: string[]; promotionCodes: string[]; coupons: string[] } {
  const held = [
    ...[...rows.all('subscription'), ...rows.all('subscriptionItem'), ...rows.all('invoice')],
    ...[...rows.all('invoiceItem'), ...rows.all('invoiceLineItem')],
  ];
  const planned: DiscountParameters[] = [...phases(rows), ...phaseItems(rows)].flatMap(({ discounts }) => discounts ?? []);
  return {
    discounts: distinct([
      ...rows.all('customer').map(({ discount }) => discount),
      ...held.flatMap(({ discounts }) => discounts),
      ...planned.map(({ discount }) => discount),
    ]),
    promotionCodes: distinct(planned.map(({ promotion_code: code }) => code)),
    coupons: distinct(planned.map(({ coupon }) => coupon)),
  };
}

export function paymentMethodsIn(rows: Rows): string[] {
  const byDefault = [...rows.all('subscription'), ...rows.all('invoice')];
  return distinct([
    ...byDefault.map(({ defaultPaymentMethod }) => defaultPaymentMethod),
    ...rows.all('customer').flatMap(({ defaultSource, invoiceSettings }) => [invoiceSettings.default_payment_method, defaultSource]),
    ...rows.all('subscriptionSchedule').map(({ defaultSettings }) => defaultSettings.default_payment_method),
    ...phases(rows).map((phase) => phase.default_payment_method),
  ]);
}

/** The templates of customers, and of drafts, whose texts may still change. */
export function templatesIn(rows: Rows): string[] {
  const drafts = rows.where('invoice', ({ status }) => status === 'draft');
  return distinct([
    ...rows.all('customer').map(({ invoiceSettings }) => invoiceSettings.rendering_options?.template),
    ...drafts.map(({ rendering }) => rendering?.template),
  ]);
}

/** Grants that have paid for lines, and are not loaded because nothing of them is left. */
export function usedUpGrantsIn(rows: Rows): string[] {
  const paid = rows.all('invoiceLineItem').flatMap(({ creditAmounts }) => creditAmounts.map((credit) => credit.credit_grant));
  return distinct(paid).filter((grant) => !rows.find('creditGrant', grant));
}

function phases(rows: Rows): SchedulePhase[] {
  return rows.all('subscriptionSchedule').flatMap((schedule) => schedule.phases);
}

function phaseItems(rows: Rows) {
  return phases(rows).flatMap((phase) => [...phase.items, ...phase.add_invoice_items]);
}
