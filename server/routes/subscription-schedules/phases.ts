/** The phases in schedule requests: checks them, looks up the rows that they reference, and creates inline prices. */
import { restateRequest } from '../../../db/step-requests';
import type { DiscountParameters } from '../../../domain/rows/subscription-parameters';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { checkPriced, namePrices, type Priced } from '../../writes/inline-prices';
import * as references from '../../writes/references';
import type { Reference } from '../../writes/references';
import type { ApiRequest } from '../../http/request';
import { checkDiscounts, referencesOfExtra, referencesOfItem, type Item } from '../../schemas/pricing';

export interface Phase {
  items: Omit<Item, 'id' | 'deleted'>[];
  add_invoice_items?: (Priced & { tax_rates?: string[] | null | undefined; discounts?: DiscountParameters[] | undefined })[] | undefined;
  default_payment_method?: string | undefined;
  default_tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  duration?: object | undefined;
  end_date?: number | 'now' | undefined;
  iterations?: number | undefined;
  invoice_settings?: InvoiceSettings | undefined;
}

interface InvoiceSettings {
  account_tax_ids?: string[] | null | undefined;
}

export interface ScheduleParameters {
  phases?: Phase[] | undefined;
  default_settings?: { default_payment_method?: string | undefined; invoice_settings?: InvoiceSettings | undefined } | undefined;
}

/**
 * `prefix` is the path of the phases.
 *
 * @throws BillingError parameters_exclusive, parameter_missing
 */
export function checkPhases(phases: readonly Phase[], prefix = 'phases'): void {
  phases.forEach((phase, index) => {
    const param = `${prefix}[${String(index)}]`;
    onlyOne(phase, ['duration', 'end_date', 'iterations'], param);
    checkDiscounts(phase.discounts, `${param}[discounts]`);
    for (const { priced, place } of pricedIn(phase, param)) {
      checkPriced(priced, place);
      atLeastOne(priced, ['price', 'price_data'], place);
    }
    phase.items.forEach((item, at) => {
      checkDiscounts(item.discounts, `${param}[items][${String(at)}][discounts]`);
    });
    phase.add_invoice_items?.forEach((extra, at) => {
      checkDiscounts(extra.discounts, `${param}[add_invoice_items][${String(at)}][discounts]`);
    });
  });
}

export function referencesOfPhases(customer: string, phases: readonly Phase[], prefix = 'phases'): Reference[] {
  return phases.flatMap((phase, index) => {
    const param = `${prefix}[${String(index)}]`;
    return [
      ...phase.items.flatMap((item, at) => referencesOfItem(item, `${param}[items][${String(at)}]`)),
      ...(phase.add_invoice_items ?? []).flatMap((extra, at) => referencesOfExtra(extra, `${param}[add_invoice_items][${String(at)}]`)),
      ...references.taxRates(phase.default_tax_rates, `${param}[default_tax_rates]`),
      ...taxIdsOf(phase, param),
      ...references.discounts(phase.discounts, `${param}[discounts]`),
      ...method(customer, phase, param),
    ];
  });
}

export function referencesOfSchedule(customer: string, { phases = [], default_settings: settings = {} }: ScheduleParameters): Reference[] {
  return [
    ...referencesOfPhases(customer, phases),
    ...method(customer, settings, 'default_settings'),
    ...taxIdsOf(settings, 'default_settings'),
  ];
}

const taxIdsOf = ({ invoice_settings: invoice }: { invoice_settings?: InvoiceSettings | undefined }, param: string): Reference[] =>
  references.accountTaxIds(invoice?.account_tax_ids, `${param}[invoice_settings][account_tax_ids]`);

function method(
  customer: string,
  { default_payment_method: id }: { default_payment_method?: string | undefined },
  param: string,
): Reference[] {
  return id === undefined ? [] : [references.paymentMethodOf(customer, id, `${param}[default_payment_method]`)];
}

/** Creates the inline prices, and stores their ids in the parameters that the workflow reads. */
export async function namePhasePrices<P extends ScheduleParameters>(request: ApiRequest<P>, customer: string): Promise<void> {
  const { phases = [] } = request.parameters;
  const all = phases.flatMap((phase, index) => pricedIn(phase, `phases[${String(index)}]`));
  if (!all.some(({ priced }) => priced.price_data)) return;
  const priced = all.map((each) => each.priced);
  const places = all.map(({ place }) => place);
  const named = await namePrices(request, customer, priced, places);
  const names = new Map(priced.map((each, index) => [each, named[index]]));
  const restated = phases.map((phase) => ({
    ...phase,
    items: phase.items.map((item) => names.get(item)),
    ...(phase.add_invoice_items ? { add_invoice_items: phase.add_invoice_items.map((extra) => names.get(extra)) } : {}),
  }));
  await restateRequest(request.deps.sql, request.id, { ...request.parameters, phases: restated, path: request.path });
}

function pricedIn({ items, add_invoice_items: extras = [] }: Phase, param: string): { priced: Priced; place: string }[] {
  return [
    ...items.map((priced, index) => ({ priced, place: `${param}[items][${String(index)}]` })),
    ...extras.map((priced, index) => ({ priced, place: `${param}[add_invoice_items][${String(index)}]` })),
  ];
}
