import { lockEventName } from '../../../db/metering/meters';
import { loadMatching } from '../../../db/matching';
import { reactivateMeter } from '../../../domain/meter/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Reactivates a meter: it accepts events again.
 *
 * @throws BillingError resource_missing, parameter_invalid (it is active), resource_already_exists
 */
export const reactivateMeterOperation = operation({
  method: 'post',
  path: '/v1/billing/meters/:meter/reactivate',
  summary: 'Reactivate a meter',
  tag: 'Metering',
  parameters: parameters({}),
  shows: 'meter',
  async handle(request) {
    const { id, eventName } = await request.find('meter', request.pathId('meter'));
    await request.change({
      step: 'reactivateMeter',
      customer: null,
      subject: id,
      load: async (tx) => {
        const filters = [{ column: 'eventName', equals: eventName }];
        const [, rows] = await Promise.all([
          lockEventName(tx, request.scope, eventName),
          loadMatching(tx, request.scope, [{ kind: 'meter', filters }]),
        ]);
        return rows;
      },
      plan: (changes) => {
        reactivateMeter(changes, id);
      },
    });
    return { kind: 'meter', key: id };
  },
});
