import { ActivityFailure, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { FraudAssessment } from '../domain/payment-attempt';
import type { Outside } from '../domain/standing';
import { PROCESSOR, PROCESSOR_UNTIL_KNOWN } from './activity-options';
import { paymentsTaskQueue, type EntityInput } from './contract';
import { answered, type FinalAnswer } from './local';

const bounded = proxyActivities<Activities>(PROCESSOR);
const patient = proxyActivities<Activities>(PROCESSOR_UNTIL_KNOWN);

/**
 * Does what leaves the building, on the queue of its processor. A decline is an answer; where none comes within bounded tries,
 * the answer is that it is unknown, and the step that commits it hands the question to `paymentWorkflow`.
 */
export async function act(input: EntityInput, outside: Outside): Promise<FinalAnswer<unknown>> {
  if (outside.activity !== 'attemptPayment') return { outcome: 'answered', value: await ask(input, outside) };
  const assessment = await answered<FraudAssessment | null>('assessFraud', { attempt: outside.id }, outside.id);
  if (assessment.outcome === 'failed') return assessment;
  const attempt = { attempt: outside.id, assessment: assessment.value };
  const answer = await orUnknown(bounded.attemptPayment.executeWithOptions({ ...PROCESSOR, ...at(outside) }, [attempt]));
  return { outcome: 'answered', value: { assessment: assessment.value, answer } };
}

async function ask({ livemode }: EntityInput, outside: Exclude<Outside, { activity: 'attemptPayment' }>): Promise<unknown> {
  const options = { ...PROCESSOR_UNTIL_KNOWN, ...at(outside) };
  const named = { id: outside.id, livemode };
  switch (outside.activity) {
    case 'attemptPayment':
      throw new Error('a payment is attempted after the fraud step only');
    case 'resolvePayment':
      return { assessment: null, answer: await patient.resolvePayment.executeWithOptions(options, [{ attempt: outside.id }]) };
    case 'capturePayment':
      return patient.capturePayment.executeWithOptions(options, [named]);
    case 'cancelPayment':
      return patient.cancelPayment.executeWithOptions(options, [named]);
    case 'sendRefund':
      return orUnknown(bounded.sendRefund.executeWithOptions({ ...PROCESSOR, ...at(outside) }, [named]));
    case 'resolveRefund':
      return patient.resolveRefund.executeWithOptions(options, [named]);
    case 'submitEvidence':
      return patient.submitEvidence.executeWithOptions(options, [named]);
    case 'closeDispute':
      return patient.closeDispute.executeWithOptions(options, [named]);
  }
}

function at({ gateway, summary }: Outside): { taskQueue: string; summary: string } {
  return { taskQueue: paymentsTaskQueue(workflowInfo().taskQueue, gateway), summary };
}

async function orUnknown<T>(answer: Promise<T>): Promise<T | { outcome: 'unknown' }> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ActivityFailure) return { outcome: 'unknown' };
    throw error;
  }
}
