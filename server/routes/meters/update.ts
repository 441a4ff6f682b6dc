import { byKey, loadMatching } from '../../../db/matching';
import { renameMeter } from '../../../domain/meter/changes';
import { operation } from '../../http/operation';
import { name, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Changes a meter's display name; how it counts never changes.
 *
 * @throws BillingError resource_missing
 */
export const updateMeter = operation({
  method: 'post',
  path: '/v1/billing/meters/:meter',
  summary: 'Update a meter',
  tag: 'Metering',
  parameters: parameters({ display_name: name({ max: 250 }).optional() }),
  shows: 'meter',
  async handle(request) {
    const id = request.pathId('meter');
    const { display_name: displayName } = request.parameters;
    await request.change({
      step: 'updateMeter',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('meter', id)]),
      plan: (changes) => {
        const meter = present(changes, 'meter', id);
        renameMeter(changes, id, displayName ?? meter.displayName);
      },
    });
    return { kind: 'meter', key: id };
  },
});
