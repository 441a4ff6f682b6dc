import { lockAccount } from '../../../db/accounts';
import { byKey, loadMatching } from '../../../db/matching';
import { recordCalculation } from '../../../domain/tax/transactions';
import { operation } from '../../http/operation';
import { id, metadata, name, parameters, timestamp } from '../../http/parameters';
import { missing, present } from '../../http/request';

/**
 * Records the tax of a calculation that was collected on a sale outside Dunlin's invoices.
 *
 * @throws BillingError resource_missing (the calculation, also if it has expired), resource_already_exists (the reference), parameter_invalid
 */
export const createTaxTransactionFromCalculation = operation({
  method: 'post',
  path: '/v1/tax/transactions/create_from_calculation',
  summary: 'Create a tax transaction from a calculation',
  tag: 'Tax transactions',
  parameters: parameters({
    calculation: id(),
    metadata: metadata().optional(),
    posted_at: timestamp().optional(),
    reference: name({ max: 500 }),
  }),
  shows: 'taxTransaction',
  async handle(request) {
    const { calculation: id, metadata: given, posted_at: postedAt, reference } = request.parameters;
    await request.change({
      step: 'recordTax',
      customer: null,
      load: async (tx) => {
        // A payment may record the same calculation at this moment.
        await lockAccount(tx, request.scope.account);
        return loadMatching(tx, request.scope, [
          byKey('requestedTaxCalculation', id),
          { kind: 'taxTransaction', filters: [{ column: 'reference', equals: reference }] },
        ]);
      },
      plan: (changes) => {
        const calculation = present(changes, 'requestedTaxCalculation', id, { param: 'calculation' });
        if (calculation.expiresAt <= changes.now) missing('requestedTaxCalculation', id, 'calculation');
        recordCalculation(changes, calculation, { reference, postedAt, metadata: given });
      },
    });
    return { kind: 'taxTransaction', key: request.newId('tax') };
  },
});
