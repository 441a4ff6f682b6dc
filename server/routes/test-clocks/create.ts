import { BillingError } from '../../../domain/core/errors';
import { createTestClock } from '../../../domain/test-clock/changes';
import { operation } from '../../http/operation';
import { name, parameters, timestamp } from '../../http/parameters';

/**
 * Creates a test clock.
 *
 * @throws BillingError parameter_missing, and parameter_invalid in live mode
 */
export const createTestClockOperation = operation({
  method: 'post',
  path: '/v1/test_helpers/test_clocks',
  summary: 'Create a test clock',
  tag: 'Test clocks',
  parameters: parameters({ frozen_time: timestamp(), name: name({ max: 300 }).optional() }),
  shows: 'testClock',
  async handle(request) {
    if (request.scope.livemode) throw new BillingError('parameter_invalid', 'Test clocks exist in test mode only. Use a test API key.');
    const id = request.newId('clock');
    const { frozen_time: frozenTime, name = null } = request.parameters;
    await request.change({
      step: 'createTestClock',
      customer: null,
      plan: (changes) => {
        createTestClock(changes, { id, frozenTime, name });
      },
    });
    return { kind: 'testClock', key: id };
  },
});
