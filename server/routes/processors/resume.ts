import { resumeProcessor } from '../../../db/processors';
import { LIMITS } from '../../../domain/core/limits';
import { processor } from '../../../objects/shapes/processor';
import { sendWaiting } from '../../../temporal/sending';
import { operation } from '../../http/operation';
import { integer, name, parameters } from '../../http/parameters';
import { answerProcessor, processorOf } from './show';

/**
 * Resumes a processor. What has waited is sent in the order in which it was due, `charges_per_second` at most. For one that runs, the rate of what
 * still waits changes.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const resumeProcessorOperation = operation({
  method: 'post',
  path: '/v1/processors/:processor/resume',
  summary: 'Resume a processor',
  tag: 'Processors',
  own: true,
  repeatable: true,
  parameters: parameters({
    charges_per_second: integer({ min: 1, max: LIMITS.chargesPerSecond.max }).optional(),
    reason: name({ max: 500 }).optional(),
  }),
  answer: processor,
  async handle(request) {
    const resumed = processorOf(request);
    const { deps, scope, keyId: key } = request;
    const { charges_per_second: perSecond = null, reason = null } = request.parameters;
    await resumeProcessor(deps.sql, scope, resumed, { key, reason, perSecond });
    await sendWaiting(deps.temporal, deps.config.taskQueue, deps.sql);
    return answerProcessor(request, resumed);
  },
});
