import { byKey, loadMatching } from '../../../db/matching';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { License } from '../../../domain/rows/license';
import { present, type ApiRequest } from '../../http/request';

/** A change of a license and its activations, one after another. */
export async function changeLicense(
  request: ApiRequest<unknown>,
  { id, customer, policy, product }: License,
  step: string,
  plan: (changes: ChangeSet, license: License) => void,
): Promise<void> {
  await request.change({
    step,
    customer,
    ...(customer === null ? { subject: id } : {}),
    load: (tx) =>
      loadMatching(tx, request.scope, [
        byKey('license', id),
        byKey('licensePolicy', policy),
        { kind: 'licenseActivation', filters: [{ column: 'license', equals: id }] },
        { kind: 'productFeature', filters: [{ column: 'product', equals: product }] },
        { kind: 'licenseSigningKey', filters: [{ column: 'active', equals: true }] },
      ]),
    plan: (changes) => {
      plan(changes, present(changes, 'license', id));
    },
  });
}
