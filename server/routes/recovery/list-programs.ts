import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists recovery programs, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listRecoveryPrograms = operation({
  method: 'get',
  path: '/v1/recovery_programs',
  summary: 'List recovery programs',
  tag: 'Recovery',
  own: true,
  parameters: parameters({ ...pagination, ...orderedAs('recovery_programs'), active: boolean().optional() }),
  shows: 'recoveryProgram',
  handle: (request) => list(request, 'recoveryProgram', [equals('active', request.parameters.active)]),
});
