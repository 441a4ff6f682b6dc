import { loadMatching } from '../../../db/matching';
import { rotateSigningKey } from '../../../domain/access/license-policies';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/** Makes another key, which signs from now on. Earlier keys go on to verify what they have signed. */
export const rotateLicenseSigningKey = operation({
  method: 'post',
  path: '/v1/license_signing_keys',
  summary: 'Rotate the license signing key',
  tag: 'Licenses',
  own: true,
  parameters: parameters({}),
  shows: 'licenseSigningKey',
  async handle(request) {
    await request.change({
      step: 'rotateLicenseSigningKey',
      customer: null,
      load: (tx) => loadMatching(tx, request.scope, [{ kind: 'licenseSigningKey', filters: [{ column: 'active', equals: true }] }]),
      plan: rotateSigningKey,
    });
    return { kind: 'licenseSigningKey', key: request.newId('lsk') };
  },
});
