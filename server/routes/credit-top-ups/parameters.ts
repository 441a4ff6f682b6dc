/** The parameters of a rule that buys credit, for creation and update. */
import type { CreditTopUpSettings } from '../../../domain/credit-top-up/changes';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { emptyable, id, integer, metadata, name, object } from '../../http/parameters';
import { checkReferences, taxRates as taxRatesNamed } from '../../writes/references';
import type { ApiRequest } from '../../http/request';
import { pricesOf, scopeShape } from '../../schemas/credit-scope';
import { taxRates } from '../../schemas/subscription';
import { LIMITS } from '../../../domain/core/limits';

const DAYS_MAX = 3650;

export const money = () => integer({ min: 1, max: LIMITS.chargeAmount.max });

export const settingsShape = {
  credit_grant: object({
    applicability_config: object({ scope: object(scopeShape) }).optional(),
    expires_after_days: emptyable(integer({ min: 1, max: DAYS_MAX })).optional(),
    name: emptyable(name({ max: 100 })).optional(),
    priority: integer({ min: 0, max: 100 }).optional(),
  }).optional(),
  default_payment_method: emptyable(id()).optional(),
  default_tax_rates: taxRates().optional(),
  metadata: metadata().optional(),
  unit_amount: emptyable(money()).optional(),
};

interface Asked {
  amount?: number | undefined;
  credit_grant?:
    | {
        applicability_config?: { scope: Parameters<typeof pricesOf>[1] } | undefined;
        expires_after_days?: number | null | undefined;
        name?: string | null | undefined;
        priority?: number | undefined;
      }
    | undefined;
  default_payment_method?: string | null | undefined;
  default_tax_rates?: string[] | null | undefined;
  monthly_limit?: number | undefined;
  threshold?: number | undefined;
  unit_amount?: number | null | undefined;
}

/**
 * The sent parameters, without metadata.
 *
 * @throws BillingError resource_missing, parameters_exclusive, parameter_missing, parameter_invalid
 */
export async function settingsAsked(
  request: ApiRequest<unknown>,
  { credit_grant: grant = {}, ...params }: Asked,
): Promise<Partial<CreditTopUpSettings>> {
  const { default_tax_rates: rates } = params;
  await checkReferences(request, taxRatesNamed(rates, 'default_tax_rates'));
  const scope = grant.applicability_config?.scope;
  const prices = scope && (await pricesOf(request, scope, 'credit_grant[applicability_config][scope]'));
  const { name, priority, expires_after_days: expiresAfterDays } = grant;
  return omitUndefined({
    ...{ amount: params.amount, monthlyLimit: params.monthly_limit, threshold: params.threshold, unitAmount: params.unit_amount },
    ...{ defaultPaymentMethod: params.default_payment_method, defaultTaxRates: rates === null ? [] : rates },
    ...{ name, priority, expiresAfterDays, prices },
  });
}
