/** A caller's phases as a schedule stores them: with their instants, checked prices, and one currency. */
import { assertItemAmount } from '../price/amount-limits';
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import { nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
import { isMetered, type Price } from '../rows/price';
import type { PhaseParameters } from './parameters';
import { assertDiscounts } from './discounts';
import { automaticTaxAsked, phaseInvoiceSettings } from './settings';
import { anchorOf } from './anchor';
import { phaseEnd, trialEndAsked, trialEndOf } from './spans';
import { invoiceItemLines } from '../subscription-item/subscription-first-invoice';
import { itemThreshold, thresholdsOf } from '../usage/spend-settings';
import { subscribablePrice } from '../subscription-item/items';
import { ownMethod } from '../subscription/new-rows';
import type { PhaseInvoiceItem, PhaseItem, SchedulePhase, ScheduleSettings } from '../rows/subscription-schedule';
import { LIMITS } from '../core/limits';

export interface PhaseTerms {
  /** The start of the first phase. Epoch seconds. */
  start: number;
  /** The anchor of an existing subscription. Epoch seconds. */
  anchor?: number;
  customer: string;
  settings: ScheduleSettings;
  /** The currency of an existing subscription. */
  currency?: string;
  /** The schedule's existing phases. */
  before?: SchedulePhase[];
}

/** @throws BillingError parameter_missing, parameter_invalid, resource_missing, currency_mismatch, too_many_items, amount_too_large */
export function resolvePhases(changes: ChangeSet, params: PhaseParameters[], terms: PhaseTerms): SchedulePhase[] {
  if (params.length === 0) throw new BillingError('parameter_missing', 'Missing required param: phases.', { param: 'phases' });
  if (params.length > LIMITS.phases.max) {
    const message = `A subscription schedule can have at most ${String(LIMITS.phases.max)} current and future phases.`;
    throw new BillingError('parameter_invalid', message, { param: 'phases' });
  }
  let [from, currency] = [terms.start, terms.currency];
  const phases: SchedulePhase[] = [];
  for (const [index, phase] of params.entries()) {
    const param = `phases[${String(index)}]`;
    if (index > 0) assertContiguous(changes, phase, from, `${param}[start_date]`);
    const resolved = resolve(changes, phase, { ...terms, from, currency, param, phases });
    const begins = index === 0 && terms.currency === undefined;
    const { customer, before = [] } = terms;
    assertDiscounts(changes, phase, { customer, currency: resolved.currency, param, begins, before });
    from = resolved.end_date;
    currency = resolved.currency;
    phases.push(resolved);
  }
  return phases;
}

function assertContiguous({ now }: ChangeSet, { start_date: given }: PhaseParameters, from: number, param: string): void {
  if (given === undefined || (given === 'now' ? now : given) === from) return;
  throw new BillingError('parameter_invalid', 'The start date of a phase must be the end date of the phase before it.', { param });
}

/** `phases` are the ones before. */
type Terms = Omit<PhaseTerms, 'currency'> & { from: number; currency: string | undefined; param: string; phases: SchedulePhase[] };

function resolve(changes: ChangeSet, params: PhaseParameters, terms: Terms): SchedulePhase {
  const { from, param } = terms;
  const prices = pricesOf(changes, params, terms);
  const [first] = prices as [Price];
  const currency = terms.currency ?? params.currency ?? first.currency;
  if (params.currency !== undefined && params.currency !== currency) throw otherCurrency(currency, `${param}[currency]`);
  const items = params.items.map((item, index) => itemOf(item, prices[index] as Price));
  const end = phaseEnd(changes, params, first, { anchor: monthsFrom(changes, params, { ...terms, items }), from, param });
  return {
    ...settingsOf(changes, params, terms),
    start_date: from,
    end_date: end,
    items,
    add_invoice_items: extrasOf(changes, params, currency, param),
    currency,
    trial_end: trialEndOf(changes, params, { from, end, param }),
  };
}

function monthsFrom(changes: ChangeSet, params: PhaseParameters, { items, ...terms }: Terms & { items: PhaseItem[] }): number {
  const { start, anchor = start, settings, from } = terms;
  const begins = {
    start_date: from,
    trial_end: trialEndAsked(params, from),
    billing_cycle_anchor: params.billing_cycle_anchor ?? null,
    items,
  };
  return anchorOf(changes, [...terms.phases, begins], { anchor, settings });
}

function otherCurrency(currency: string, param: string): BillingError {
  const message = `All phases of a schedule are in one currency, here \`${currency}\`.`;
  return new BillingError('currency_mismatch', message, { param });
}

function settingsOf(changes: ChangeSet, params: PhaseParameters, { settings, param, customer }: Terms) {
  return {
    ...NOTHING_SAID,
    ...automaticTaxAsked(params),
    ...omitUndefined({
      billing_cycle_anchor: params.billing_cycle_anchor,
      billing_thresholds: params.billing_thresholds && thresholdsOf(params.billing_thresholds),
      collection_method: params.collection_method,
      description: params.description,
      proration_behavior: params.proration_behavior,
    }),
    default_payment_method: ownMethod(changes, params.default_payment_method ?? null, customer),
    default_tax_rates: params.default_tax_rates ?? [],
    discounts: params.discounts === undefined ? null : (params.discounts ?? []),
    invoice_settings: phaseInvoiceSettings(params, settings, param),
    metadata: params.metadata ?? {},
  };
}

const NOTHING_SAID: Pick<SchedulePhase, 'billing_cycle_anchor' | 'collection_method' | 'description' | 'proration_behavior'> = {
  billing_cycle_anchor: null,
  collection_method: null,
  description: null,
  proration_behavior: 'create_prorations',
};

function pricesOf(changes: ChangeSet, { items, currency: params }: PhaseParameters, { currency: given, param }: Terms): Price[] {
  if (items.length === 0)
    throw new BillingError('parameter_missing', `Missing required param: ${param}[items].`, { param: `${param}[items]` });
  if (items.length > LIMITS.subscriptionItems.max) {
    throw new BillingError('too_many_items', `A phase can have at most ${String(LIMITS.subscriptionItems.max)} items.`, {
      param: `${param}[items]`,
    });
  }
  let currency = given ?? params ?? null;
  const seen = new Set<string>();
  return items.map((item, index) => {
    const at = `${param}[items][${String(index)}]`;
    const price = subscribablePrice(changes, item, currency, `${at}[price]`);
    assertItemAmount(price, item.quantity ?? 1, `${at}[quantity]`);
    itemThreshold(changes, item, { price: price.id, before: null, param: `${at}[billing_thresholds]` });
    if (seen.has(price.id)) {
      throw new BillingError('parameter_invalid', `Cannot add multiple items with the same price: ${price.id}`, { param: `${at}[price]` });
    }
    seen.add(price.id);
    currency ??= price.currency;
    return price;
  });
}

function itemOf(params: PhaseParameters['items'][number], price: Price): PhaseItem {
  return {
    price: price.id,
    ...(params.described ? { described: true } : {}),
    quantity: isMetered(price) ? null : (params.quantity ?? 1),
    ...(params.billing_thresholds ? { billing_thresholds: params.billing_thresholds } : {}),
    discounts: params.discounts ?? [],
    metadata: mergeMetadata({}, params.metadata),
    tax_rates: params.tax_rates ?? [],
  };
}

function extrasOf(
  changes: ChangeSet,
  { add_invoice_items: params = [] }: PhaseParameters,
  currency: string,
  param: string,
): PhaseInvoiceItem[] {
  const extras = params.map(({ price, described, quantity = 1, discounts = [], tax_rates: rates }) => ({
    price,
    ...(described ? { described } : {}),
    quantity,
    discounts,
    tax_rates: rates ?? [],
  }));
  const unredeemed = extras.map((extra) => ({ ...extra, discounts: [] }));
  nestedIn(param, () => invoiceItemLines(changes, unredeemed, { id: '', currency }));
  return extras;
}
