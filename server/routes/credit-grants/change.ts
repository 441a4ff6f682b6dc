/** Changes of one grant, under its customer's lock and at its customer's time. */
import { byKey, loadMatching } from '../../../db/matching';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { ObjectReply } from '../../http/operation';
import { requireBilledHere } from '../../../domain/core/fence';
import { present, type ApiRequest } from '../../http/request';
import { rulesOf } from '../../schemas/credit-top-up';

export async function changeGrant(
  request: ApiRequest<unknown>,
  step: string,
  change: (changes: ChangeSet, id: string) => void,
): Promise<ObjectReply> {
  const { id, customer } = await request.find('creditGrant', request.pathId('credit_grant'));
  await request.change({
    step,
    customer,
    load: (tx) => loadMatching(tx, request.scope, [byKey('creditGrant', id), byKey('customer', customer), rulesOf(customer)]),
    plan: (changes) => {
      present(changes, 'creditGrant', id);
      requireBilledHere(changes, changes.rows.find('customer', customer));
      change(changes, id);
    },
  });
  return { kind: 'creditGrant', key: id };
}
