import type { DiscountParameters } from '../../../domain/rows/subscription-parameters';
import { onlyOne } from '../../http/exclusive';
import * as references from '../../writes/references';
import type { Reference } from '../../writes/references';
import { checkDiscounts } from '../../schemas/pricing';

interface Settings {
  account_tax_ids?: string[] | null | undefined;
  days_until_due?: number | undefined;
  default_payment_method?: string | null | undefined;
  default_tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  due_date?: number | undefined;
  shipping_cost?: { shipping_rate?: string | undefined; shipping_rate_data?: object | undefined } | null | undefined;
  rendering?: { template?: string | null | undefined } | undefined;
}

/** @throws BillingError parameters_exclusive */
export function checkSettings(settings: Settings): void {
  onlyOne(settings, ['days_until_due', 'due_date']);
  onlyOne(settings.shipping_cost ?? {}, ['shipping_rate', 'shipping_rate_data'], 'shipping_cost');
  checkDiscounts(settings.discounts, 'discounts');
}

export function referencesOfSettings(customer: string, settings: Settings): Reference[] {
  const { account_tax_ids: taxIds, default_payment_method: method, default_tax_rates: rates, discounts } = settings;
  return [
    ...(method ? [references.paymentMethodOf(customer, method, 'default_payment_method')] : []),
    ...references.accountTaxIds(taxIds, 'account_tax_ids'),
    ...references.taxRates(rates, 'default_tax_rates'),
    ...references.template(settings.rendering?.template, 'rendering[template]'),
    ...references.shippingRate(settings.shipping_cost?.shipping_rate, 'shipping_cost[shipping_rate]'),
    ...references.discounts(discounts, 'discounts'),
  ];
}
