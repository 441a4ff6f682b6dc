/** A quote as the parameters of its acceptance: a subscription, or a schedule of one phase. */
import type { ChangeSet } from '../core/change-set';
import type { Recurring } from '../rows/price';
import type { Quote, QuoteLine } from '../rows/quote';
import type { CreateScheduleParameters, PhaseParameters } from '../schedule/parameters';
import { afterIntervals } from '../schedule/times';
import type { CreateSubscriptionParameters, DiscountParameters } from '../rows/subscription-parameters';

/** Turns a quote's discounts into parameters: as existing discounts, or as new redemptions. */
export type AskFor = (discounts: string[]) => DiscountParameters[];

const DAY = 86_400;

export const linesOfType = ({ lineItems }: Quote, type: QuoteLine['type']): QuoteLine[] => lineItems.filter((line) => line.type === type);

/** Without a customer there is no place whose tax could apply. */
export const automaticTaxOf = ({ automaticTax, customer }: Quote): { enabled: boolean } => ({
  enabled: automaticTax.enabled && customer !== null,
});

/** Prices are checked when they are quoted. An inline price is inactive from the start, and an archived price is billed as quoted. */
function params({ price, quantity, discounts, tax_rates }: QuoteLine, ask: AskFor) {
  return {
    price,
    described: true,
    ...(quantity === null ? {} : { quantity }),
    ...(discounts.length > 0 ? { discounts: ask(discounts) } : {}),
    tax_rates,
  };
}

/** The parameters of a subscription that starts now. */
export function subscriptionTerms(quote: Quote, customer: string, ask: AskFor): CreateSubscriptionParameters {
  const { subscriptionData: data, invoiceSettings: invoice, collectionMethod, currency } = quote;
  return {
    quote: quote.id,
    customer,
    ...(currency === null ? {} : { currency }),
    items: linesOfType(quote, 'recurring').map((line) => params(line, ask)),
    add_invoice_items: linesOfType(quote, 'one_time').map((line) => params(line, ask)),
    automatic_tax: automaticTaxOf(quote),
    billing_mode: data.billing_mode,
    collection_method: collectionMethod,
    ...(invoice.days_until_due === null ? {} : { days_until_due: invoice.days_until_due }),
    default_tax_rates: quote.defaultTaxRates,
    description: data.description,
    discounts: ask(quote.discounts),
    invoice_settings: { custom_fields: invoice.custom_fields, description: invoice.description, footer: invoice.footer },
    metadata: data.metadata,
    ...(data.trial_period_days === null ? {} : { trial_period_days: data.trial_period_days }),
  };
}

/** The parameters of a schedule that starts at the effective date: one phase, whose terms the subscription keeps after its release. */
export function scheduleTerms(changes: ChangeSet, quote: Quote, customer: string, ask: AskFor): CreateScheduleParameters {
  const { billing_mode, effective_date } = quote.subscriptionData;
  const start = effective_date as number;
  return { customer, start_date: start, end_behavior: 'release', billing_mode, phases: [phaseOf(changes, quote, start, ask)] };
}

function phaseOf(changes: ChangeSet, quote: Quote, start: number, ask: AskFor): PhaseParameters {
  const { subscriptionData: data, invoiceSettings: invoice, collectionMethod, currency } = quote;
  return {
    items: linesOfType(quote, 'recurring').map((line) => params(line, ask)),
    add_invoice_items: linesOfType(quote, 'one_time').map((line) => params(line, ask)),
    automatic_tax: automaticTaxOf(quote),
    collection_method: collectionMethod,
    ...(currency === null ? {} : { currency }),
    default_tax_rates: quote.defaultTaxRates,
    description: data.description,
    ...(quote.discounts.length > 0 ? { discounts: ask(quote.discounts) } : {}),
    invoice_settings: invoice,
    metadata: data.metadata,
    ...spanOf(changes, quote, start),
  };
}

/** One interval, or the trial if that is longer, because a trial must lie within its phase. */
function spanOf(changes: ChangeSet, quote: Quote, start: number): { end_date: number; trial_end?: number } {
  const [line] = linesOfType(quote, 'recurring') as [QuoteLine];
  const end = afterIntervals(start, start, changes.rows.get('price', line.price).recurring as Recurring);
  const days = quote.subscriptionData.trial_period_days;
  if (days === null) return { end_date: end };
  return { end_date: Math.max(end, start + days * DAY), trial_end: start + days * DAY };
}
