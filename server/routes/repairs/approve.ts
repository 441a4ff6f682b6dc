import { findAccount } from '../../../db/accounts';
import { moveRepair } from '../../../db/repairs';
import { settingsOf } from '../../../domain/rows/account';
import type { RepairRow } from '../../../domain/rows/repair';
import { repair } from '../../../objects/shapes/repair';
import { HttpError } from '../../http/errors';
import { operation } from '../../http/operation';
import { name, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { findNamed, goOn, tellingOf } from './show';
import { refuseUnless } from './states';

/**
 * Approves a draft: its invoices are corrected from now on. Only a person may do that, with a reason, and where the account demands two persons,
 * another one than who has made it.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid unless it is a draft; 403 for a key, and for the same person
 */
export const approveRepair = operation({
  method: 'post',
  path: '/v1/repairs/:repair/approve',
  summary: 'Approve a repair',
  tag: 'Repairs',
  own: true,
  parameters: parameters({ reason: name({ max: 1000 }) }),
  answer: repair,
  async handle(request) {
    const row = await findNamed(request);
    await refuseUnentitled(request, row);
    const { reason } = request.parameters;
    const moved = await moveRepair(request.deps.sql, request.scope, row.id, {
      ...{ from: ['draft'], status: 'running', type: 'repair.approved', telling: tellingOf(request) },
      ...{ approvedBy: request.keyId, reason },
    });
    return goOn(request, refuseUnless(moved, row, 'approved', ['draft']));
  },
});

async function refuseUnentitled(request: ApiRequest<unknown>, { createdBy }: RepairRow): Promise<void> {
  if (!('role' in request.permissions)) throw new HttpError(403, 'A repair is approved by a person, in the console.');
  const account = await findAccount(request.deps.sql, request.scope.account);
  const isByTwo = account !== null && settingsOf(account, request.scope).repairs.approval === 'two_persons';
  if (isByTwo && createdBy === request.keyId) {
    throw new HttpError(403, 'Another person has to approve this repair, because you have made it (repairs[approval] is two_persons).');
  }
}
