import { lockEventName } from '../../../db/metering/meters';
import { loadMatching } from '../../../db/matching';
import { FORMULAS } from '../../../domain/rows/meter';
import { createMeter } from '../../../domain/meter/changes';
import { operation } from '../../http/operation';
import { array, currency, name, object, oneOf, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';

const key = name({ max: 100 });

/**
 * Creates a meter. `max` and `unique`, `dimension_payload_keys` and `cost_settings` are Dunlin's own.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_already_exists (an active meter has the event name)
 */
export const createMeterOperation = operation({
  method: 'post',
  path: '/v1/billing/meters',
  summary: 'Create a meter',
  tag: 'Metering',
  parameters: parameters({
    cost_settings: object({ event_payload_key: key, currency: currency() }).optional(),
    customer_mapping: object({ event_payload_key: key, type: oneOf(['by_id']) }).optional(),
    default_aggregation: object({ formula: oneOf(FORMULAS) }),
    dimension_payload_keys: array(key, { max: 10 }).optional(),
    display_name: name({ max: 250 }),
    event_name: name({ max: 100 }),
    event_time_window: oneOf(['day', 'hour']).optional(),
    value_settings: object({ event_payload_key: key }).optional(),
  }),
  shows: 'meter',
  async handle(request) {
    const given = request.parameters;
    const { event_name: eventName, dimension_payload_keys: dimensionKeys = [], cost_settings: cost } = given;
    if (new Set(dimensionKeys).size < dimensionKeys.length) {
      throw new ParameterError('parameter_invalid', 'Each dimension can be named once.', 'dimension_payload_keys');
    }
    await request.change({
      step: 'createMeter',
      customer: null,
      load: async (tx) => {
        const filters = [{ column: 'eventName', equals: eventName }];
        const [, rows] = await Promise.all([
          lockEventName(tx, request.scope, eventName),
          loadMatching(tx, request.scope, [{ kind: 'meter', filters }]),
        ]);
        return rows;
      },
      plan: (changes) => {
        createMeter(changes, {
          displayName: given.display_name,
          eventName,
          formula: given.default_aggregation.formula,
          eventTimeWindow: given.event_time_window ?? null,
          customerKey: given.customer_mapping?.event_payload_key ?? 'stripe_customer_id',
          valueKey: given.value_settings?.event_payload_key ?? 'value',
          dimensionKeys,
          costKey: cost?.event_payload_key ?? null,
          costCurrency: cost?.currency ?? null,
        });
      },
    });
    return { kind: 'meter', key: request.newId('mtr') };
  },
});
