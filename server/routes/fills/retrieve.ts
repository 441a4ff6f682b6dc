import { toFill } from '../../../objects/fill';
import { fill } from '../../../objects/shapes/fill';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathFill } from './show';

/**
 * Retrieves a fill of the sandbox, with its progress.
 *
 * @throws BillingError resource_missing
 */
export const retrieveFill = operation({
  method: 'get',
  path: '/v1/test_helpers/fills/:fill',
  summary: 'Retrieve a fill of the sandbox',
  tag: 'Test clocks',
  own: true,
  parameters: parameters({}),
  answer: fill,
  handle: async (request) => ({ body: toFill(await pathFill(request)) }),
});
