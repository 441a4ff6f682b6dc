/** Does what an accepted request asks for, by the API's own operations, each once for the request. */
import { byKey, loadMatching } from '../../db/matching';
import { finishRequest } from '../../domain/contract/requests';
import type { Scope } from '../../domain/core/steps';
import type { CustomerRequest } from '../../domain/rows/customer-request';
import { callOnce, type Call } from '../forms/call-once';
import { runOnce, type From, type Refusal } from '../forms/run-once';
import { newRequestId } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { eraseCustomerOperation } from '../routes/customers/erase';
import { createRefund } from '../routes/refunds/create';
import { cancelSubscription } from '../routes/subscriptions/cancel';
import { updateSubscription } from '../routes/subscriptions/update';

/**
 * Ends the contract, gives back what the plan says, and marks the request as done. What was done before is not done again.
 *
 * @returns why a part of it was refused; the request stays open then
 */
export async function carryOut(deps: Dependencies, from: From, scope: Scope, id: string): Promise<Refusal | null> {
  const rows = await loadMatching(deps.sql, scope, [byKey('customerRequest', id)]);
  const request = rows.get('customerRequest', id);
  if (request.status !== 'open') return null;
  const owner = { ...scope, page: 'contract' as const, id };
  for (const [key, call] of callsOf(request)) {
    const { refusal } = await callOnce(deps, from, owner, { key, call });
    if (refusal !== null) return refusal;
  }
  const { refusal } = await runOnce(deps, from, owner, {
    key: 'finish',
    requestId: newRequestId(),
    raw: {},
    work: async (asked) => {
      await asked.change({
        step: 'finishCustomerRequest',
        customer: request.customer,
        load: (tx) => loadMatching(tx, scope, [byKey('customerRequest', id)]),
        plan: (changes) => {
          finishRequest(changes, id);
        },
      });
    },
  });
  return refusal;
}

function callsOf({ id, type, plan, customer, subscription, declaration }: CustomerRequest): (readonly [string, Call])[] {
  if (type === 'deletion' && customer !== null)
    return [['erase', { operation: eraseCustomerOperation, path: { customer }, parameters: {} }]];
  if (plan === null || subscription === null) return [];
  const path = { subscription };
  const why = { cancellation_details: declaration.statement === null ? {} : { comment: declaration.statement } };
  const end: Call =
    plan.effect === 'at_period_end'
      ? { operation: updateSubscription, path, parameters: { cancel_at_period_end: 'true', ...why } }
      : { operation: cancelSubscription, path, parameters: why };
  const refunds = plan.refunds.map(({ charge, amount }) => {
    const parameters = { charge, amount: String(amount), reason: 'requested_by_customer', metadata: { customer_request: id, type } };
    return [`refund/${charge}`, { operation: createRefund, parameters }] as const;
  });
  return [['end', end], ...refunds];
}
