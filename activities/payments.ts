import { Context } from '@temporalio/activity';
import { whyPaused } from '../db/processors';
import type { Waits, WaitingReason } from '../domain/rows/waiting';
import { captureName } from '../domain/agenda/payment';
import { blockedError } from '../domain/payment/fraud';
import type { Captured, FraudAssessment, GatewayAnswer } from '../domain/rows/payment-attempt';
import { findAttempt, type AttemptToMake } from '../db/payments';
import type { CaptureRequest, CardRequest, PaymentGateway } from '../gateways/payment-gateway';
import { callGateway, outside, type Called, type Calling } from './call-gateway';
import { failure } from './failures';
import { judgeAfterBank, type Judging } from './fraud-rules';

/** The processor calls of the charge path, each under a key from the books, so that a repetition is not a second charge. */
export function createPaymentActivities(deps: Calling & Judging) {
  return {
    /** Charges (or sets up) a card. An attempt that the fraud step blocked is never sent. */
    attemptPayment: (input: { attempt: string; assessment: FraudAssessment | null; mayBeRepeated: boolean }): Promise<GatewayAnswer> =>
      outside(async () => {
        const { assessment, mayBeRepeated } = input;
        if (assessment?.decision === 'block') return { outcome: 'blocked', error: blockedError(assessment) };
        const made = await findAttempt(deps.sql, input.attempt);
        if (made.paused !== null && made.attempt.kind === 'payment') return keepBack(deps, made, { reason: made.paused, mayBeRepeated });
        return callGateway(deps, processorOf(made), (gateway) => attempt(deps, gateway, made, assessment));
      }),

    /**
     * The outcome of an attempt whose answer was lost. If the attempt never arrived, it is sent again, under its own key, unless it must not
     * be sent now.
     */
    resolvePayment: (input: { attempt: string }): Promise<GatewayAnswer> =>
      outside(async () => {
        const made = await findAttempt(deps.sql, input.attempt);
        return callGateway(deps, processorOf(made), async (gateway) => {
          const { assessment, kind } = made.attempt;
          const answer = await gateway.find({ ...requestOf(made, assessment), kind });
          if (answer !== null) return settle(deps, gateway, made, answer);
          // Its answer may have ended a pause.
          await deps.health.answered(made.attempt, made.attempt.gateway, made.failing);
          const reason = kind === 'payment' ? await whyPaused(deps.sql, made.attempt, made.attempt.gateway) : null;
          if (reason !== null) return { outcome: 'waiting', reason, asked: true };
          return attempt(deps, gateway, made, assessment);
        });
      }),

    capturePayment: (input: { id: string }): Promise<Captured | Waits> =>
      outside(async () => {
        const made = await findAttempt(deps.sql, input.id);
        if (made.paused !== null) return unlessRepeated({ outcome: 'waiting', reason: made.paused });
        return callGateway(deps, processorOf(made), (gateway) => gateway.capture(captureOf(made)));
      }),

    cancelPayment: (input: { id: string }): Promise<void> =>
      outside(async () => {
        const made = await findAttempt(deps.sql, input.id);
        const { gatewayReference: charge, id } = made.attempt;
        await callGateway(deps, processorOf(made), (gateway) => gateway.cancel({ idempotencyKey: `${id}/cancel`, charge: charge ?? id }));
      }),
  };
}

/**
 * A worker that was thought dead may ask after its capture was recorded. Then it fails here; or it asks for the capture that was requested next, under that
 * one's own key: nothing is taken twice.
 */
function captureOf({
  attempt: { gatewayReference, id },
  captureIsFinal,
  captureRequested,
  captures,
  amountReceived,
}: AttemptToMake): CaptureRequest {
  if (captureRequested === null) throw failure('mistake', `no capture of ${id} is requested`);
  return {
    ...{ idempotencyKey: `${id}/${captureName(captures ?? 0)}`, charge: gatewayReference ?? id, amount: captureRequested },
    ...(captureIsFinal === false || (captures ?? 0) > 0
      ? { several: { before: amountReceived ?? 0, isFinal: captureIsFinal !== false } }
      : {}),
  };
}

/**
 * A charge must not be sent now. If an earlier try of this call, or the same call before a hold, may have reached the processor, that is asked
 * first: only what it has never seen waits.
 */
async function keepBack(
  deps: Calling & Judging,
  made: AttemptToMake,
  { reason, mayBeRepeated }: { reason: WaitingReason; mayBeRepeated: boolean },
): Promise<GatewayAnswer> {
  if (!mayBeRepeated && Context.current().info.attempt === 1) return { outcome: 'waiting', reason };
  const { assessment, kind } = made.attempt;
  return callGateway(deps, processorOf(made), async (gateway) => {
    const answer = await gateway.find({ ...requestOf(made, assessment), kind });
    return answer === null ? { outcome: 'waiting', reason, asked: true } : settle(deps, gateway, made, answer);
  });
}

/** Nobody can ask what became of a capture. So one that may have reached the processor is repeated, once that runs again. */
function unlessRepeated(answer: Waits): Waits {
  if (Context.current().info.attempt === 1) return answer;
  throw failure('processor_unavailable', 'the processor is paused');
}

const processorOf = ({ attempt: { account, livemode, gateway }, failing }: AttemptToMake): Called => ({
  account,
  livemode,
  gateway,
  failing,
});

async function attempt(
  deps: Judging,
  gateway: PaymentGateway,
  made: AttemptToMake,
  assessment: FraudAssessment | null,
): Promise<GatewayAnswer> {
  const { kind, amount, currency } = made.attempt;
  const request = requestOf(made, assessment);
  if (kind === 'setup') return gateway.setup(request);
  const capture = isCapturedAtOnce(made) && !made.looksAfterBank;
  return settle(
    deps,
    gateway,
    made,
    await gateway.charge({ ...request, amount, currency, capture, statement: statementOf(made), ...severalOf(made) }),
  );
}

/** A bank shows little, so what the seller wants it to add to its name comes first. */
const statementOf = ({ statementDescriptor, statementDescriptorSuffix }: AttemptToMake): string | null =>
  statementDescriptorSuffix ?? statementDescriptor;

const severalOf = ({ wantsMulticapture }: AttemptToMake): { multicapture?: true } => (wantsMulticapture ? { multicapture: true } : {});

/** Continuing an attempt after 3-D Secure is a second call, with its own key. */
function requestOf(
  { attempt: made, card, setUp, wantsDeposits, wantsThreeDSecure }: AttemptToMake,
  assessment: FraudAssessment | null,
): CardRequest {
  const { id, offSession, gatewayReference, threeDSecure } = made;
  const isAsked = wantsThreeDSecure || assessment?.decision === 'require_3ds' || assessment?.requestsThreeDSecure === true;
  if (threeDSecure === 'authenticated') {
    return { idempotencyKey: `${id}/authenticated`, card, offSession, setUp, threeDSecure, continues: gatewayReference };
  }
  const exemption = isAsked ? undefined : assessment?.exemption;
  const asked = { threeDSecure: isAsked ? ('requested' as const) : null, ...(exemption === undefined ? {} : { exemption }) };
  return { idempotencyKey: id, card, offSession, setUp, ...asked, ...verificationOf(wantsDeposits), continues: null };
}

const verificationOf = (wantsDeposits: boolean): { verifies?: true } => (wantsDeposits ? { verifies: true } : {});

const isCapturedAtOnce = ({ captureMethod }: AttemptToMake): boolean => captureMethod !== 'manual';

/**
 * What a rule says of the bank's checks, before an authorized amount is captured. Each call has its own key, so that a lost answer is settled
 * the same way.
 */
async function settle(deps: Judging, gateway: PaymentGateway, made: AttemptToMake, answer: GatewayAnswer): Promise<GatewayAnswer> {
  if (made.attempt.kind === 'setup' || answer.outcome !== 'succeeded' || answer.captured) return answer;
  const { id, amount } = made.attempt;
  const { checks, reference } = answer;
  const assessment = await judgeAfterBank(deps, id, checks);
  if (assessment?.decision === 'block') {
    await gateway.cancel({ idempotencyKey: `${id}/reversal`, charge: reference });
    return { outcome: 'blocked', error: blockedError(assessment), reversed: { reference, checks }, assessment };
  }
  const captured = isCapturedAtOnce(made);
  const fee = captured ? (await gateway.capture({ idempotencyKey: `${id}/capture-at-once`, charge: reference, amount })).fee : null;
  return { ...answer, captured, ...(fee === null ? {} : { fee }), ...(assessment === null ? {} : { assessment }) };
}
