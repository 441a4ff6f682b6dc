import { RULE_ACTIONS } from '../../../domain/rows/radar';
import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists fraud rules, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listRadarRules = operation({
  method: 'get',
  path: '/v1/radar/rules',
  summary: 'List fraud rules',
  tag: 'Radar',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('radar_rules'),
    action: oneOf(RULE_ACTIONS).optional(),
    active: boolean().optional(),
  }),
  shows: 'radarRule',
  handle: (request) =>
    list(request, 'radarRule', [equals('action', request.parameters.action), equals('active', request.parameters.active)]),
});
