import { pauseProcessor } from '../../../db/processors';
import { processor } from '../../../objects/shapes/processor';
import { operation } from '../../http/operation';
import { name, parameters } from '../../http/parameters';
import { answerProcessor, processorOf } from './show';

/**
 * Pauses a processor: charges, captures and refunds are not sent to it any more, and wait. With `all` no money moves at any processor. A call that
 * is already at the processor goes on. It lasts until it is resumed.
 *
 * @throws BillingError resource_missing, parameter_missing
 */
export const pauseProcessorOperation = operation({
  method: 'post',
  path: '/v1/processors/:processor/pause',
  summary: 'Pause a processor',
  tag: 'Processors',
  own: true,
  repeatable: true,
  parameters: parameters({ reason: name({ max: 500 }) }),
  answer: processor,
  async handle(request) {
    const paused = processorOf(request);
    const { deps, scope, keyId: key } = request;
    await pauseProcessor(deps.sql, scope, paused, { key, reason: request.parameters.reason });
    return answerProcessor(request, paused);
  },
});
