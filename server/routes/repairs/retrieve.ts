import { repair } from '../../../objects/shapes/repair';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { answerRepair, findNamed } from './show';

/**
 * Retrieves a repair.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRepair = operation({
  method: 'get',
  path: '/v1/repairs/:repair',
  summary: 'Retrieve a repair',
  tag: 'Repairs',
  own: true,
  parameters: parameters({}),
  answer: repair,
  handle: async (request) => answerRepair(request, await findNamed(request)),
});
