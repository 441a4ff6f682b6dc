import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the versions of a recovery program, newest first. A version is never changed.
 *
 * @throws BillingError resource_missing, also for an unknown cursor, parameters_exclusive
 */
export const listRecoveryProgramVersions = operation({
  method: 'get',
  path: '/v1/recovery_programs/:program/versions',
  summary: 'List the versions of a recovery program',
  tag: 'Recovery',
  own: true,
  parameters: parameters(pagination),
  shows: 'recoveryProgramVersion',
  async handle(request) {
    const { id } = await request.find('recoveryProgram', request.pathId('program'));
    return list(request, 'recoveryProgramVersion', [equals('program', id)], `/v1/recovery_programs/${id}/versions`);
  },
});
