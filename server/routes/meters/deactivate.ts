import { byKey, loadMatching } from '../../../db/matching';
import { deactivateMeter } from '../../../domain/meter/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Deactivates a meter: it accepts no more events.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is inactive)
 */
export const deactivateMeterOperation = operation({
  method: 'post',
  path: '/v1/billing/meters/:meter/deactivate',
  summary: 'Deactivate a meter',
  tag: 'Metering',
  parameters: parameters({}),
  shows: 'meter',
  async handle(request) {
    const id = request.pathId('meter');
    await request.change({
      step: 'deactivateMeter',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('meter', id)]),
      plan: (changes) => {
        present(changes, 'meter', id);
        deactivateMeter(changes, id);
      },
    });
    return { kind: 'meter', key: id };
  },
});
