import { closeMonth, findCloses, latestTime } from '../../../db/ledger/closes';
import { keepReturn } from '../../../db/ledger/taxes';
import { returnPeriod } from '../../../domain/tax/returns';
import { monthOf, periodOf } from '../../../domain/core/chart-of-accounts';
import { taxReturn } from '../../../objects/shapes/tax-return';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { period, taxReturnOf } from './returns';

/**
 * Closes a return: it stays as it is. The months of its period close too, so that what happens later is a correction in the open period. To
 * close a closed return changes nothing.
 *
 * @throws BillingError resource_missing, parameter_invalid if the period has not ended, or an exchange rate is missing; lock_timeout
 */
export const closeTaxReturn = operation({
  method: 'post',
  path: '/v1/tax_returns/:form/close',
  summary: 'Close a tax return',
  tag: 'Tax returns',
  own: true,
  parameters: parameters({ period: period() }),
  answer: taxReturn,
  async handle(request) {
    const { deps, scope } = request;
    const { end } = returnPeriod(request.parameters.period);
    const before = await taxReturnOf(request);
    if (before.status === 'closed') return { body: before };
    if (end > (await latestTime(deps.sql, scope)))
      throw new ParameterError('parameter_invalid', 'This period has not ended yet.', 'period');
    const [missing] = before.missing_exchange_rates;
    if (missing) {
      const message = `There is no exchange rate from ${missing.from} to ${missing.to} for ${missing.date}. Enter it, then close the return.`;
      throw new ParameterError('parameter_invalid', message, 'period');
    }
    const now = await request.now();
    if (!(await findCloses(deps.sql, scope)).some((close) => close.endsAt >= end && close.status === 'closed')) {
      await closeMonth(deps.sql, scope, { id: request.newId('lcl'), start: monthOf(periodOf(end - 1)).start, end, now });
    }
    // Nothing is posted into the period any more: this is what will be filed.
    const report = await taxReturnOf(request);
    const id = request.newId('txrt');
    await keepReturn(deps.sql, scope, {
      ...{ id, created: now, form: report.form, period: report.period },
      report: { ...report, id, closed_at: now, status: 'closed' },
    });
    return { body: await taxReturnOf(request) };
  },
});
