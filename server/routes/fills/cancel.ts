import { endFill } from '../../../db/fills';
import { toFill } from '../../../objects/fill';
import { fill } from '../../../objects/shapes/fill';
import { cancelFill } from '../../../temporal/fills';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathFill } from './show';

/**
 * Cancels a fill that runs. What it has made stays on its test clock: delete the clock to be rid of it. One that has ended is returned unchanged.
 *
 * @throws BillingError resource_missing
 */
export const cancelFillOperation = operation({
  method: 'post',
  path: '/v1/test_helpers/fills/:fill/cancel',
  summary: 'Stop filling the sandbox',
  tag: 'Test clocks',
  own: true,
  repeatable: true,
  parameters: parameters({}),
  answer: fill,
  async handle(request) {
    const { deps, scope } = request;
    const { id, status } = await pathFill(request);
    if (status === 'running') {
      await endFill(deps.sql, id, { status: 'canceled', failure: null });
      await cancelFill(deps.temporal, deps.config.taskQueue, scope, id);
    }
    return { body: toFill(await pathFill(request)) };
  },
});
