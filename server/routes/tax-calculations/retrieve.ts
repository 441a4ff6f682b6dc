import type { RequestedTaxCalculation } from '../../../domain/rows/requested-tax-calculation';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';

/**
 * Retrieves a tax calculation of the last 90 days.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTaxCalculation = operation({
  method: 'get',
  path: '/v1/tax/calculations/:calculation',
  summary: 'Retrieve a tax calculation',
  tag: 'Tax calculations',
  parameters: parameters({}),
  shows: 'requestedTaxCalculation',
  async handle(request) {
    const { id } = await livingCalculation(request, request.pathId('calculation'));
    return { kind: 'requestedTaxCalculation', key: id };
  },
});

/** One that has not expired. */
export async function livingCalculation(request: ApiRequest<unknown>, id: string): Promise<RequestedTaxCalculation> {
  const calculation = await request.find('requestedTaxCalculation', id);
  return calculation.expiresAt > (await request.now()) ? calculation : missing('requestedTaxCalculation', id);
}
