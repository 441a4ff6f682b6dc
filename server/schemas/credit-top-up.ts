/** Changes of one rule, under its customer's lock and at its customer's time, with its unpaid invoice. */
import type { TransactionSql } from '../../db/connect';
import { loadFacts } from '../../db/facts';
import { byKey, loadMatching, type Wanted } from '../../db/matching';
import type { ChangeSet } from '../../domain/core/change-set';
import { operation, type ObjectReply, type Operation } from '../http/operation';
import { parameters } from '../http/parameters';
import { missing, present, type ApiRequest } from '../http/request';

/** The customer's rules that are not deleted. */
export const rulesOf = (customer: string): Wanted => ({
  kind: 'creditTopUp',
  filters: [
    { column: 'customer', equals: customer },
    { column: 'deleted', equals: false },
  ],
});

/**
 * The rule in the path, which must not be deleted.
 *
 * @throws BillingError resource_missing
 */
export async function findTopUp(request: ApiRequest<unknown>): Promise<{ id: string; customer: string }> {
  const topUp = await request.find('creditTopUp', request.pathId('credit_top_up'));
  return topUp.deleted ? missing('creditTopUp', topUp.id) : topUp;
}

export interface CreditTopUpChange {
  verb: 'pause' | 'resume' | 'delete';
  summary: string;
  plan: (changes: ChangeSet, id: string) => void;
}

/** An operation without parameters. */
export function creditTopUpChange({ verb, summary, plan }: CreditTopUpChange): Operation {
  const path = '/v1/billing/credit_top_ups/:credit_top_up';
  return operation({
    ...(verb === 'delete' ? { method: 'delete', path } : { method: 'post', path: `${path}/${verb}` }),
    summary,
    tag: 'Credits',
    own: true,
    parameters: parameters({}),
    shows: 'creditTopUp',
    async handle(request): Promise<ObjectReply> {
      const { id, customer } = await request.find('creditTopUp', request.pathId('credit_top_up'));
      await request.change({
        step: `${verb}CreditTopUp`,
        customer,
        subject: id,
        load: (tx) => loadWithUnpaid(tx, request.scope, id, customer),
        plan: (change) => {
          present(change, 'creditTopUp', id);
          plan(change, id);
        },
      });
      return { kind: 'creditTopUp', key: id };
    },
  });
}

/** The facts for voiding its unpaid invoice, which is known only once the customer is locked. */
async function loadWithUnpaid(tx: TransactionSql, scope: { account: string; livemode: boolean }, id: string, customer: string) {
  const rules = await loadMatching(tx, scope, [byKey('creditTopUp', id)]);
  const invoice = rules.find('creditTopUp', id)?.pendingInvoice ?? null;
  return loadFacts(tx, { account: scope.account, customer, invoice });
}
