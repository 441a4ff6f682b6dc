/** A plan has its own parameter names for a price's terms, and errors use the plan's names. */
import { BillingError } from '../../../domain/core/errors';
import type { PriceTerms } from '../../../domain/price/terms';
import { boolean, currency, id as idParameter, integer, metadata, name, oneOf, parameters } from '../../http/parameters';
import { productData, tiers, tiersMode, transformQuantity, trialDays, unitAmounts } from '../../schemas/price';
import { chosenId } from '../../http/text-parameters';

export const newPlan = parameters({
  active: boolean().optional(),
  amount: unitAmounts.unit_amount,
  amount_decimal: unitAmounts.unit_amount_decimal,
  billing_scheme: oneOf(['per_unit', 'tiered']).optional(),
  currency: currency(),
  id: chosenId().optional(),
  interval: oneOf(['day', 'week', 'month', 'year']),
  interval_count: integer({ min: 1 }).optional(),
  metadata: metadata().optional(),
  meter: idParameter().optional(),
  nickname: name().optional(),
  product: idParameter().or(productData()),
  tiers: tiers().optional(),
  tiers_mode: tiersMode().optional(),
  transform_usage: transformQuantity().optional(),
  trial_period_days: trialDays().optional(),
  usage_type: oneOf(['licensed', 'metered']).optional(),
});
export type NewPlan = (typeof newPlan)['_output'];

export function termsOf(params: NewPlan): PriceTerms {
  const { currency, amount, amount_decimal, billing_scheme, tiers, tiers_mode, transform_usage } = params;
  const { interval, interval_count, meter, trial_period_days, usage_type } = params;
  return {
    currency,
    unit_amount: amount,
    unit_amount_decimal: amount_decimal,
    billing_scheme,
    tiers,
    tiers_mode,
    transform_quantity: transform_usage,
    recurring: { interval, interval_count, meter, trial_period_days, usage_type },
  };
}

const NAMES: Record<string, string> = {
  unit_amount: 'amount',
  unit_amount_decimal: 'amount_decimal',
  transform_quantity: 'transform_usage',
};

/** Runs `work`; a refusal uses the plan's parameter names. */
export function asPlan(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof BillingError) || error.details.param === undefined) throw error;
    const param = error.details.param.replace(/^recurring\[(\w+)\]$/, '$1');
    const message = error.message.replace(/\b(unit_amount_decimal|unit_amount|transform_quantity)\b/g, (name) => NAMES[name] ?? name);
    throw new BillingError(error.code, message.replace(/recurring\[(\w+)\]/g, '$1'), { ...error.details, param: NAMES[param] ?? param });
  }
}
