import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a fraud rule.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRadarRule = operation({
  method: 'get',
  path: '/v1/radar/rules/:rule',
  summary: 'Retrieve a fraud rule',
  tag: 'Radar',
  own: true,
  parameters: parameters({}),
  shows: 'radarRule',
  async handle(request) {
    const { id } = await request.find('radarRule', request.pathId('rule'));
    return { kind: 'radarRule', key: id };
  },
});
