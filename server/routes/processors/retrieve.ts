import { processor } from '../../../objects/shapes/processor';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { answerProcessor, processorOf } from './show';

/**
 * Retrieves a processor by its name, or `all`.
 *
 * @throws BillingError resource_missing
 */
export const retrieveProcessor = operation({
  method: 'get',
  path: '/v1/processors/:processor',
  summary: 'Retrieve a processor',
  tag: 'Processors',
  own: true,
  parameters: parameters({}),
  answer: processor,
  handle: (request) => answerProcessor(request, processorOf(request)),
});
