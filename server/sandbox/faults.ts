import { clearFaults, orderFault } from '../../db/sandbox';
import { BillingError } from '../../domain/core/errors';
import { clearedSandboxFaults, sandboxFault } from '../../objects/shapes/sandbox-fault';
import { operation, type Operation } from '../http/operation';
import { refuseUnknownProcessor } from '../http/processors';
import { integer, name, oneOf, parameters } from '../http/parameters';

/**
 * Dunlin's own: makes the sandbox fail for the account's next `count` calls. `lose_answer` performs the call and then fails, `fail_before`
 * fails first, `outage` also fails queries, `decline` has a charge declined with `processing_error`. `match` limits it to a card's name, an amount, or a kind of call (charge, refund, …); `processor` to one of several. A charge
 * is tried four times before its outcome counts as unknown.
 *
 * @throws BillingError parameter_invalid, also in live mode
 */
const orderSandboxFault = operation({
  method: 'post',
  path: '/v1/test_helpers/sandbox/faults',
  summary: 'Have the sandbox lose answers, fail, or be away',
  tag: 'Test helpers',
  own: true,
  parameters: parameters({
    kind: oneOf(['lose_answer', 'fail_before', 'outage', 'decline']),
    count: integer({ min: 1, max: 1000 }).default(1),
    match: name({ max: 100 }).optional(),
    processor: name({ max: 100 }).optional(),
  }),
  answer: sandboxFault,
  async handle(request) {
    refuseLive(request.scope.livemode);
    const { kind, count, match = null, processor = null } = request.parameters;
    if (processor !== null) refuseUnknownProcessor(request.deps.config, processor, 'processor');
    await orderFault(request.deps.sql, request.scope.account, { kind, count, match, processor });
    return { body: { object: 'sandbox.fault' as const, kind, count, match, processor, livemode: false as const } };
  },
});

/**
 * Dunlin's own: the sandbox works again for the account.
 *
 * @throws BillingError parameter_invalid in live mode
 */
const clearSandboxFaults = operation({
  method: 'delete',
  path: '/v1/test_helpers/sandbox/faults',
  summary: 'Have the sandbox work again',
  tag: 'Test helpers',
  own: true,
  parameters: parameters({}),
  answer: clearedSandboxFaults,
  async handle(request) {
    refuseLive(request.scope.livemode);
    await clearFaults(request.deps.sql, request.scope.account);
    return { body: { object: 'sandbox.fault' as const, deleted: true as const, livemode: false as const } };
  },
});

function refuseLive(livemode: boolean): void {
  if (livemode) throw new BillingError('parameter_invalid', 'The sandbox is there in test mode only.');
}

export const sandbox: Operation[] = [clearSandboxFaults, orderSandboxFault];
