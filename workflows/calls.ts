/**
 * What leaves the building, on the queue of its processor, each under an idempotency key from the books. What comes back is recorded by
 * the step that the rows name. Whatever an answer says, a decline too, is a value; what never answers is `unknown`.
 */
import { ActivityFailure, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { FraudAssessment } from '../domain/rows/payment-attempt';
import type { PendingCall } from '../domain/core/entity-state';
import { PROCESSOR, PROCESSOR_UNTIL_KNOWN } from './activity-options';
import { paymentsTaskQueue } from './contract';
import { answered, type FinalAnswer } from './local';

/** Makes one call that the rows ask for. */
export type Call = (pendingCall: PendingCall) => Promise<FinalAnswer<unknown>>;

const bounded = proxyActivities<Activities>(PROCESSOR);
const patient = proxyActivities<Activities>(PROCESSOR_UNTIL_KNOWN);

/**
 * Charges what the last commit opened: the fraud step first, then the processor, which is never asked where that blocks. Where no answer
 * comes within bounded tries, the outcome is unknown, and `paymentWorkflow` asks until it is known.
 */
export const charge: Call = async (attempt) => {
  const assessment = await answered<FraudAssessment | null>('assessFraud', { attempt: attempt.id }, attempt.id);
  if (assessment.outcome === 'failed') return assessment;
  const input = { attempt: attempt.id, assessment: assessment.value };
  const answer = await orUnknown(bounded.attemptPayment.executeWithOptions({ ...PROCESSOR, ...at(attempt) }, [input]));
  return value({ assessment: assessment.value, answer });
};

/** Asks what became of a charge whose answer was lost, for as long as it takes. */
export const resolveCharge: Call = async (attempt) => {
  const answer = await patient.resolvePayment.executeWithOptions(patiently(attempt), [{ attempt: attempt.id }]);
  return value({ assessment: null, answer });
};

export const captureCharge: Call = (attempt) =>
  patient.capturePayment.executeWithOptions(patiently(attempt), [{ id: attempt.id }]).then(value);

export const cancelAuthorization: Call = (attempt) =>
  patient.cancelPayment.executeWithOptions(patiently(attempt), [{ id: attempt.id }]).then(value);

export const sendRefund: Call = (refund) =>
  orUnknown(bounded.sendRefund.executeWithOptions({ ...PROCESSOR, ...at(refund) }, [{ id: refund.id }])).then(value);

/** Asks what became of a refund whose answer was lost. */
export const resolveRefund: Call = (refund) => patient.resolveRefund.executeWithOptions(patiently(refund), [{ id: refund.id }]).then(value);

export const submitEvidence: Call = (dispute) =>
  patient.submitEvidence.executeWithOptions(patiently(dispute), [{ id: dispute.id }]).then(value);

export const acceptDispute: Call = (dispute) =>
  patient.closeDispute.executeWithOptions(patiently(dispute), [{ id: dispute.id }]).then(value);

function value(answer: unknown): FinalAnswer<unknown> {
  return { outcome: 'answered', value: answer };
}

function patiently(pendingCall: PendingCall) {
  return { ...PROCESSOR_UNTIL_KNOWN, ...at(pendingCall) };
}

function at({ gateway, summary }: PendingCall): { taskQueue: string; summary: string } {
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
