import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a bank's warning of a charge.
 *
 * @throws BillingError resource_missing
 */
export const retrieveEarlyFraudWarning = operation({
  method: 'get',
  path: '/v1/radar/early_fraud_warnings/:early_fraud_warning',
  summary: 'Retrieve an early fraud warning',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'earlyFraudWarning',
  async handle(request) {
    const { id } = await request.find('earlyFraudWarning', request.pathId('early_fraud_warning'));
    return { kind: 'earlyFraudWarning', key: id };
  },
});
