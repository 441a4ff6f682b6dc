import { lockAccount } from '../../../db/accounts';
import { byKey, byKeys, loadMatching } from '../../../db/matching';
import { reverseTransaction } from '../../../domain/tax/reversals';
import { operation } from '../../http/operation';
import { id, metadata, name, oneOf, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { partOf, reversedParts } from './reversed-parts';

/**
 * Takes back tax that was recorded: all of a transaction, some of its lines, or an amount with its tax.
 *
 * @throws BillingError resource_missing (the transaction, a line), resource_already_exists (the reference), parameter_missing,
 * parameter_invalid, parameters_exclusive
 */
export const createTaxReversal = operation({
  method: 'post',
  path: '/v1/tax/transactions/create_reversal',
  summary: 'Reverse a tax transaction',
  tag: 'Tax transactions',
  parameters: parameters({
    ...reversedParts,
    metadata: metadata().optional(),
    mode: oneOf(['full', 'partial']),
    original_transaction: id(),
    reference: name({ max: 500 }),
  }),
  shows: 'taxTransaction',
  async handle(request) {
    const { metadata: given, mode, original_transaction: original, reference } = request.parameters;
    const part = partOf(mode, request.parameters);
    await request.change({
      step: 'reverseTax',
      customer: null,
      load: async (tx) => {
        // Two at once must not reverse the same part.
        await lockAccount(tx, request.scope.account);
        const rows = await loadMatching(tx, request.scope, [
          byKey('taxTransaction', original),
          { kind: 'taxTransaction', filters: [{ column: 'original', equals: original }] },
          { kind: 'taxTransaction', filters: [{ column: 'reference', equals: reference }] },
        ]);
        // Whether reversals are reversed, and what the named one reverses.
        const known = rows.all('taxTransaction');
        const behind = await loadMatching(tx, request.scope, [
          { kind: 'taxTransaction', filters: [{ column: 'original', among: known.map((each) => each.id) }] },
          byKeys(
            'taxTransaction',
            known.flatMap((each) => each.original ?? []),
          ),
        ]);
        rows.putAll(behind);
        return rows;
      },
      plan: (changes) => {
        const transaction = present(changes, 'taxTransaction', original, { param: 'original_transaction' });
        reverseTransaction(changes, transaction, { reference, metadata: given, part });
      },
    });
    return { kind: 'taxTransaction', key: request.newId('tax') };
  },
});
