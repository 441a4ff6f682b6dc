import { createProgram } from '../../../domain/recovery/programs';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkProgram, loadPrograms, lockOf } from './program-facts';
import { createShape } from './schemas';

/**
 * Creates a recovery program. It recovers invoices that fail from now on, if it is the first program that fits them.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_missing (a price or product), too_many_items
 */
export const createRecoveryProgram = operation({
  method: 'post',
  path: '/v1/recovery_programs',
  summary: 'Create a recovery program',
  tag: 'Recovery',
  own: true,
  parameters: parameters(createShape),
  shows: 'recoveryProgram',
  async handle(request) {
    await checkProgram(request, request.parameters);
    await request.change({
      step: 'createRecoveryProgram',
      customer: null,
      subject: lockOf(request),
      load: (tx) => loadPrograms(tx, request),
      plan: (changes) => {
        createProgram(changes, request.parameters);
      },
    });
    return { kind: 'recoveryProgram', key: request.newIdIn(lockOf(request), 'rcvp') };
  },
});
