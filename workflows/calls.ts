/**
 * The external calls, on their processor's queue, each under an idempotency key from the books. The step that the rows name records the
 * answer. Every answer is a value, including a decline. A charge or refund without an answer is `unknown`, and is queried until it is
 * known. A bug in Dunlin on the way holds the entity.
 */
import { ActivityFailure, ApplicationFailure, proxyActivities, rootCause, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { answerWords } from '../domain/payment/answer-words';
import type { FraudAssessment } from '../domain/rows/payment-attempt';
import type { PendingCall } from '../domain/core/entity-state';
import type { StepFailure } from '../domain/rows/held';
import { PROCESSOR, PROCESSOR_UNTIL_KNOWN, REGISTRY } from './activity-options';
import { paymentsTaskQueue, registryTaskQueue } from './contract';
import { answered, type FinalAnswer } from './local';

/** An external call's answer, and what the Temporal UI shows of it. */
export type CallAnswer = FinalAnswer<unknown> & { words?: string };

/** Makes one pending call, which `mayBeRepeated`: nobody knows whether it was made before. */
export type Call = (pendingCall: PendingCall, of: { mayBeRepeated: boolean }) => Promise<CallAnswer>;

const bounded = proxyActivities<Activities>(PROCESSOR);
const registry = proxyActivities<Activities>(REGISTRY);
const patient = proxyActivities<Activities>(PROCESSOR_UNTIL_KNOWN);

/**
 * Charges the attempt that the last commit opened: the fraud step first, then the processor, unless the fraud step blocks it. Without an
 * answer within bounded tries the outcome is unknown, and `paymentWorkflow` queries it until it is known.
 */
export const charge: Call = async (attempt, { mayBeRepeated }) => {
  const assessment = await answered<FraudAssessment>('assessFraud', { attempt: attempt.id }, `fraud check: ${attempt.summary}`);
  if (assessment.outcome === 'failed') return assessment;
  const input = { attempt: attempt.id, assessment: assessment.value, mayBeRepeated };
  const answer = await orUnknown(bounded.attemptPayment.executeWithOptions({ ...PROCESSOR, ...at(attempt) }, [input]));
  return { ...value({ assessment: assessment.value, answer }), words: answerWords(answer) };
};

/** Queries the outcome of a charge whose answer was lost, for as long as it takes. */
export const resolveCharge: Call = async (attempt) => {
  const resolved = await untilKnown(patient.resolvePayment.executeWithOptions(patiently(attempt), [{ attempt: attempt.id }]));
  if (resolved.outcome === 'failed') return resolved;
  return { ...value({ assessment: null, answer: resolved.value }), words: answerWords(resolved.value) };
};

export const captureCharge: Call = (attempt) =>
  untilKnown(patient.capturePayment.executeWithOptions(patiently(attempt), [{ id: attempt.id }]));

export const cancelAuthorization: Call = (attempt) =>
  untilKnown(patient.cancelPayment.executeWithOptions(patiently(attempt), [{ id: attempt.id }]));

export const sendRefund: Call = (refund) =>
  orUnknown(bounded.sendRefund.executeWithOptions({ ...PROCESSOR, ...at(refund) }, [{ id: refund.id }])).then(value);

/** Queries the outcome of a refund whose answer was lost. */
export const resolveRefund: Call = (refund) => untilKnown(patient.resolveRefund.executeWithOptions(patiently(refund), [{ id: refund.id }]));

export const submitEvidence: Call = (dispute) =>
  untilKnown(patient.submitEvidence.executeWithOptions(patiently(dispute), [{ id: dispute.id }]));

export const acceptDispute: Call = (dispute) =>
  untilKnown(patient.closeDispute.executeWithOptions(patiently(dispute), [{ id: dispute.id }]));

/** A registry that does not answer is asked again by the agenda, after a pause. */
export const checkTaxId: Call = ({ id, gateway, summary }) => {
  const where = { taskQueue: registryTaskQueue(workflowInfo().taskQueue, gateway), summary };
  return orUnknown(registry.checkTaxId.executeWithOptions({ ...REGISTRY, ...where }, [{ id }])).then(value);
};

function value<T>(answer: T): Extract<FinalAnswer<T>, { outcome: 'answered' }> {
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

/** Temporal retries while a processor is away. A failure here is a bug in Dunlin, for which the entity is held. */
async function untilKnown<T>(answer: Promise<T>): Promise<FinalAnswer<T>> {
  try {
    return value(await answer);
  } catch (error) {
    if (error instanceof ActivityFailure) return { outcome: 'failed', failure: mistakeBehind(error) };
    throw error;
  }
}

/** The failure as the activity reports it (`activities/failures.ts`). */
function mistakeBehind(error: ActivityFailure): StepFailure {
  const { cause } = error;
  if (cause instanceof ApplicationFailure && cause.type === 'mistake') return cause.details?.[0] as StepFailure;
  return { reason: 'failed', name: cause?.name ?? error.name, message: rootCause(error) ?? 'no message', where: null };
}
