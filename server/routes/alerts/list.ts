import { among, equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, pagination, parameters } from '../../http/parameters';

/**
 * Lists alerts that are not archived, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listAlerts = operation({
  method: 'get',
  path: '/v1/billing/alerts',
  summary: 'List alerts',
  tag: 'Metering',
  parameters: parameters({
    ...pagination,
    alert_type: oneOf(['usage_threshold', 'spend_threshold']).optional(),
    meter: id().optional(),
  }),
  shows: 'alert',
  handle(request) {
    const { alert_type, meter } = request.parameters;
    return list(request, 'alert', [among('status', ['active', 'inactive']), equals('alertType', alert_type), equals('meter', meter)]);
  },
});
