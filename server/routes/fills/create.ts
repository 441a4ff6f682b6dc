import { insertFill } from '../../../db/fills';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import type { Fill } from '../../../domain/rows/fill';
import { toFill } from '../../../objects/fill';
import { fill } from '../../../objects/shapes/fill';
import { startFill } from '../../../temporal/fills';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';

const CUSTOMERS = 100;
const MONTHS = 12;

/**
 * Fills the sandbox with a believable company, in the background: a catalog, customers with subscriptions of every kind, and their history on a test
 * clock, month by month, with failed payments, refunds, disputes, changes and usage. The last month ends with the present one's beginning.
 *
 * @throws BillingError parameter_invalid in live mode; lock_timeout while another one runs
 */
export const createFill = operation({
  method: 'post',
  path: '/v1/test_helpers/fills',
  summary: 'Fill the sandbox',
  tag: 'Test clocks',
  own: true,
  parameters: parameters({
    customers: integer({ min: 1, max: LIMITS.filledCustomers.max }).default(CUSTOMERS),
    months: integer({ min: 1, max: LIMITS.filledMonths.max }).default(MONTHS),
  }),
  answer: fill,
  async handle(request) {
    const { deps, scope, parameters: asked } = request;
    if (scope.livemode) throw new BillingError('parameter_invalid', 'Only the sandbox is filled. Use a test API key.');
    const now = new Date(Date.now());
    const row: Fill = {
      ...{ ...scope, ...asked, id: request.newId('fill'), created: Math.floor(now.getTime() / 1000), status: 'running' },
      startsAt: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - asked.months) / 1000,
      ...{ partsDone: 0, doing: null, testClock: null, endedAt: null, failure: null },
    };
    if (!(await insertFill(deps.sql, row))) {
      throw new BillingError('lock_timeout', 'The sandbox is being filled already. Cancel that, or wait until it has ended.');
    }
    await startFill(deps.temporal, deps.config.taskQueue, scope, row.id);
    return { body: toFill(row) };
  },
});
