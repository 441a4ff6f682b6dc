import { exchangeRates, homeCountry, keptReturns, taxLines } from '../../../db/ledger/taxes';
import { FORMS, returnLines, returnPeriod, type ReturnForm } from '../../../domain/tax/returns';
import { toTaxReturn } from '../../../objects/tax-return';
import type { WireTaxReturn } from '../../../objects/shapes/tax-return';
import { name } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';

/** `2026`, `2026-Q1` or `2026-01`. */
export const period = (): ReturnType<typeof name> =>
  name({ max: 7 }).regex(/^(19|20|21)\d\d(-(Q[1-4]|0[1-9]|1[0-2]))?$/, 'Invalid period: it must be like 2026, 2026-Q1 or 2026-01');

/**
 * The return of a form and period: as it was closed, or by the ledger of now.
 *
 * @throws BillingError resource_missing if there is no such form, parameter_invalid
 */
export async function taxReturnOf(request: ApiRequest<{ period: string }>): Promise<WireTaxReturn> {
  const { deps, scope, parameters } = request;
  const form = formOf(request.pathId('form'));
  if (form === 'oss_union' && !parameters.period.includes('Q')) {
    throw new ParameterError('parameter_invalid', 'This return is filed by quarter: 2026-Q1.', 'period');
  }
  const [kept] = await keptReturns(deps.sql, scope, { form, period: parameters.period });
  if (kept) return kept.report as WireTaxReturn;
  const span = returnPeriod(parameters.period);
  const [found, rates, home] = await Promise.all([
    taxLines(deps.sql, scope, span),
    exchangeRates(deps.sql, scope),
    homeCountry(deps.sql, scope),
  ]);
  const { lines, missing } = returnLines(form, span, found, { home, rates });
  return toTaxReturn({ form, period: parameters.period, livemode: scope.livemode, lines, missing });
}

function formOf(form: string): ReturnForm {
  const known = FORMS.find((each) => each === form);
  if (!known) throw new ParameterError('resource_missing', `No such tax return: '${form}'`, 'id');
  return known;
}
