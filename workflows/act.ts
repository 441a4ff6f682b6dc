import { ActivityFailure, proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Outside } from '../domain/standing';
import { COMMIT, PROCESSOR, PROCESSOR_UNTIL_KNOWN } from './activity-options';
import { paymentsTaskQueue, type EntityInput } from './contract';

const local = proxyLocalActivities<Pick<Activities, 'assessFraud'>>(COMMIT);
const processor = proxyActivities<Activities>(PROCESSOR);

/**
 * Does what leaves the building, on the queue of its processor. A decline is an answer; where none comes within bounded tries,
 * the answer is that it is unknown, and the step that commits it hands the question to `paymentWorkflow`.
 */
export async function act(input: EntityInput, outside: Outside): Promise<unknown> {
  const taskQueue = paymentsTaskQueue(workflowInfo().taskQueue, outside.gateway);
  const options = { ...PROCESSOR, taskQueue, summary: outside.summary };
  const patient = { ...PROCESSOR_UNTIL_KNOWN, taskQueue, summary: outside.summary };
  const named = { id: outside.id, livemode: input.livemode };
  switch (outside.activity) {
    case 'attemptPayment': {
      const assessment = await local.assessFraud.executeWithOptions({ ...COMMIT, summary: outside.id }, [{ attempt: outside.id }]);
      const answer = await orUnknown(processor.attemptPayment.executeWithOptions(options, [{ attempt: outside.id, assessment }]));
      return { assessment, answer };
    }
    case 'resolvePayment':
      return { assessment: null, answer: await processor.resolvePayment.executeWithOptions(patient, [{ attempt: outside.id }]) };
    case 'capturePayment':
      return processor.capturePayment.executeWithOptions(patient, [named]);
    case 'cancelPayment':
      return processor.cancelPayment.executeWithOptions(patient, [named]);
    case 'sendRefund':
      return orUnknown(processor.sendRefund.executeWithOptions(options, [named]));
    case 'resolveRefund':
      return processor.resolveRefund.executeWithOptions(patient, [named]);
    case 'submitEvidence':
      return processor.submitEvidence.executeWithOptions(patient, [named]);
    case 'closeDispute':
      return processor.closeDispute.executeWithOptions(patient, [named]);
  }
}

async function orUnknown<T>(answer: Promise<T>): Promise<T | { outcome: 'unknown' }> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ActivityFailure) return { outcome: 'unknown' };
    throw error;
  }
}
