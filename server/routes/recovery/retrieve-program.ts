import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a recovery program.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRecoveryProgram = operation({
  method: 'get',
  path: '/v1/recovery_programs/:program',
  summary: 'Retrieve a recovery program',
  tag: 'Recovery',
  own: true,
  parameters: parameters({}),
  shows: 'recoveryProgram',
  async handle(request) {
    const { id } = await request.find('recoveryProgram', request.pathId('program'));
    return { kind: 'recoveryProgram', key: id };
  },
});
