/**
 * What leaves the building, on the queue of its processor, each under an idempotency key from the books. What comes back is recorded by
 * the step that the rows name. Whatever an answer says, a decline too, is a value; a charge or refund that nobody answers is `unknown`, and
 * is asked for until it is known. A mistake of ours on the way holds the entity.
 */
import { ActivityFailure, ApplicationFailure, proxyActivities, rootCause, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { FraudAssessment } from '../domain/rows/payment-attempt';
import type { PendingCall } from '../domain/core/entity-state';
import type { StepFailure } from '../domain/rows/held';
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
  const resolved = await untilKnown(patient.resolvePayment.executeWithOptions(patiently(attempt), [{ attempt: attempt.id }]));
  return resolved.outcome === 'answered' ? value({ assessment: null, answer: resolved.value }) : resolved;
};

export const captureCharge: Call = (attempt) =>
  untilKnown(patient.capturePayment.executeWithOptions(patiently(attempt), [{ id: attempt.id }]));

export const cancelAuthorization: Call = (attempt) =>
  untilKnown(patient.cancelPayment.executeWithOptions(patiently(attempt), [{ id: attempt.id }]));

export const sendRefund: Call = (refund) =>
  orUnknown(bounded.sendRefund.executeWithOptions({ ...PROCESSOR, ...at(refund) }, [{ id: refund.id }])).then(value);

/** Asks what became of a refund whose answer was lost. */
export const resolveRefund: Call = (refund) => untilKnown(patient.resolveRefund.executeWithOptions(patiently(refund), [{ id: refund.id }]));

export const submitEvidence: Call = (dispute) =>
  untilKnown(patient.submitEvidence.executeWithOptions(patiently(dispute), [{ id: dispute.id }]));

export const acceptDispute: Call = (dispute) =>
  untilKnown(patient.closeDispute.executeWithOptions(patiently(dispute), [{ id: dispute.id }]));

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

/** A processor that is away is asked again and again by Temporal. What fails here is a mistake of ours, for which the entity is held. */
async function untilKnown(answer: Promise<unknown>): Promise<FinalAnswer<unknown>> {
  try {
    return value(await answer);
  } catch (error) {
    if (error instanceof ActivityFailure) return { outcome: 'failed', failure: mistakeBehind(error) };
    throw error;
  }
}

/** As the activity tells it (`activities/failures.ts`). */
function mistakeBehind(error: ActivityFailure): StepFailure {
  const { cause } = error;
  if (cause instanceof ApplicationFailure && cause.type === 'mistake') return cause.details?.[0] as StepFailure;
  return { reason: 'failed', name: cause?.name ?? error.name, message: rootCause(error) ?? 'no message', where: null };
}
