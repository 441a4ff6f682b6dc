import { closeMonth, findCloses, latestTime } from '../../../db/ledger/closes';
import { monthOf } from '../../../domain/core/chart-of-accounts';
import { toLedgerClose } from '../../../objects/ledger';
import { ledgerClose } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { month } from './parameters';

/**
 * Closes a month, and all months before it: nothing is posted into them any more. What happens there later is a correction in the open
 * month. To close a closed month changes nothing; to close one that was interrupted finishes it. A month is never opened again.
 *
 * @throws BillingError parameter_invalid if the month has not ended, or is before the last closed one; lock_timeout
 */
export const createLedgerClose = operation({
  method: 'post',
  path: '/v1/ledger/closes',
  summary: 'Close a month',
  tag: 'Ledger',
  own: true,
  parameters: parameters({ period: month() }),
  answer: ledgerClose,
  async handle(request) {
    const { deps, scope } = request;
    const { start, end } = monthOf(request.parameters.period);
    if (end > (await latestTime(deps.sql, scope))) throw new ParameterError('parameter_invalid', 'This month has not ended yet.', 'period');
    const before = await findCloses(deps.sql, scope);
    if (!before.some(({ endsAt }) => endsAt === end) && before.some(({ endsAt }) => endsAt > end)) {
      throw new ParameterError('parameter_invalid', 'A later month is closed, and this one with it.', 'period');
    }
    await closeMonth(deps.sql, scope, { id: request.newId('lcl'), start, end, now: await request.now() });
    const close = (await findCloses(deps.sql, scope)).find(({ endsAt }) => endsAt === end);
    if (!close) throw new Error(`the close of ${request.parameters.period} is not there`);
    return { body: toLedgerClose(close) };
  },
});
