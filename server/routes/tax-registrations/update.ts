import { lockAccount } from '../../../db/accounts';
import { loadMatching } from '../../../db/matching';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { updateRegistration } from '../../../domain/tax/registration-changes';
import { operation } from '../../http/operation';
import { emptyable, parameters, timestampOrNow } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Changes when a registration begins or ends. An empty `expires_at` removes an end that has not come.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const updateTaxRegistration = operation({
  method: 'post',
  path: '/v1/tax/registrations/:id',
  summary: 'Update a tax registration',
  tag: 'Tax registrations',
  parameters: parameters({ active_from: timestampOrNow().optional(), expires_at: emptyable(timestampOrNow()).optional() }),
  shows: 'taxRegistration',
  async handle(request) {
    const id = request.pathId('id');
    const { active_from: from, expires_at: expires } = request.parameters;
    await request.change({
      step: 'updateTaxRegistration',
      customer: null,
      load: async (tx) => {
        await lockAccount(tx, request.scope.account);
        return loadMatching(tx, request.scope, [{ kind: 'taxRegistration', filters: [] }]);
      },
      plan: (changes) => {
        present(changes, 'taxRegistration', id);
        const at = <T>(time: T | 'now'): T | number => (time === 'now' ? changes.now : time);
        updateRegistration(changes, id, omitUndefined({ activeFrom: at(from), expiresAt: at(expires) }));
      },
    });
    return { kind: 'taxRegistration', key: id };
  },
});
