import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a quote.
 *
 * @throws BillingError resource_missing
 */
export const retrieveQuote = operation({
  method: 'get',
  path: '/v1/quotes/:quote',
  summary: 'Retrieve a quote',
  tag: 'Quotes',
  parameters: parameters({}),
  shows: 'quote',
  handle: async (request) => {
    const { id } = await request.find('quote', request.pathId('quote'));
    return { kind: 'quote', key: id };
  },
});
