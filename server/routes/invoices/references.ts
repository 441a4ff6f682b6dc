import type { DiscountParameters } from '../../../domain/rows/subscription-parameters';
import { onlyOne } from '../../http/exclusive';
import * as references from '../../writes/references';
import type { Reference } from '../../writes/references';
import { checkDiscounts } from '../../schemas/pricing';

interface Settings {
  days_until_due?: number | undefined;
  default_payment_method?: string | null | undefined;
  default_tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  due_date?: number | undefined;
}

/** @throws BillingError parameters_exclusive */
export function checkSettings(settings: Settings): void {
  onlyOne(settings, ['days_until_due', 'due_date']);
  checkDiscounts(settings.discounts, 'discounts');
}

export function referencesOfSettings(customer: string, settings: Settings): Reference[] {
  const { default_payment_method: method, default_tax_rates: rates, discounts } = settings;
  return [
    ...(method ? [references.paymentMethodOf(customer, method, 'default_payment_method')] : []),
    ...references.taxRates(rates, 'default_tax_rates'),
    ...references.discounts(discounts, 'discounts'),
  ];
}
