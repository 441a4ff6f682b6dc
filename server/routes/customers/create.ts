import { isPrefixTaken } from '../../../db/customers';
import { byKey, loadMatching } from '../../../db/matching';
import { createCustomer } from '../../../domain/customer-changes';
import { BillingError } from '../../../domain/errors';
import { operation } from '../../operation';
import { id, parameters } from '../../parameters';
import { missing, type ApiRequest } from '../../request';
import { customerDetails, toCustomerChange, UNSUPPORTED } from './parameters';

/**
 * Creates a customer, in real time or on a test clock.
 *
 * Answers `parameter_invalid`, `parameter_unsupported`, `resource_missing` (the test clock), `resource_already_exists` (the
 * invoice prefix), `lock_timeout` (the clock is advancing).
 */
export const createCustomerOperation = operation({
  method: 'post',
  path: '/v1/customers',
  summary: 'Create a customer',
  tag: 'Customers',
  parameters: parameters({ ...customerDetails, test_clock: id().optional() }),
  shows: 'customer',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const { test_clock: testClock = null, ...details } = request.parameters;
    const prefix = details.invoice_prefix;
    let taken = false;
    await request.change({
      step: 'createCustomer',
      customer: null,
      now: await timeOf(request, testClock),
      load: async (tx) => {
        taken = prefix !== undefined && (await isPrefixTaken(tx, request.scope, prefix, null));
        return loadMatching(tx, request.scope, [byKey('account', request.scope.account)]);
      },
      plan: (plan) => {
        if (taken)
          throw new BillingError('resource_already_exists', `The invoice prefix '${prefix ?? ''}' is taken.`, { param: 'invoice_prefix' });
        createCustomer(plan, toCustomerChange(details), testClock);
      },
    });
    return { kind: 'customer', key: request.newId('cus') };
  },
});

async function timeOf(request: ApiRequest<unknown>, testClock: string | null): Promise<number> {
  if (testClock === null) return request.now();
  const clock = await request.find('testClock', testClock, 'test_clock');
  if (clock.deleted) return missing('testClock', testClock, 'test_clock');
  if (clock.status === 'advancing') throw new BillingError('lock_timeout', 'The test clock is advancing. Please retry when it is ready.');
  return clock.frozenTime;
}
