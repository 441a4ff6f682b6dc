import { updateProgram } from '../../../domain/recovery/programs';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { checkProgram, loadPrograms, lockOf } from './program-facts';
import { updateShape } from './schemas';

/**
 * Changes a recovery program. Another segment, or other arms, are another version of it. Recoveries that run keep the version that they began
 * with. A program that is not `active` takes no new invoices.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, too_many_items
 */
export const updateRecoveryProgram = operation({
  method: 'post',
  path: '/v1/recovery_programs/:program',
  summary: 'Update a recovery program',
  tag: 'Recovery',
  own: true,
  parameters: parameters(updateShape),
  shows: 'recoveryProgram',
  async handle(request) {
    const { id } = await request.find('recoveryProgram', request.pathId('program'));
    await checkProgram(request, request.parameters);
    await request.change({
      step: 'updateRecoveryProgram',
      customer: null,
      subject: lockOf(request),
      load: (tx) => loadPrograms(tx, request),
      plan: (changes) => {
        present(changes, 'recoveryProgram', id);
        updateProgram(changes, id, request.parameters);
      },
    });
    return { kind: 'recoveryProgram', key: id };
  },
});
