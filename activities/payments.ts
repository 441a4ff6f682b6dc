import { blockedError } from '../domain/payment/fraud';
import type { FraudAssessment, GatewayAnswer } from '../domain/rows/payment-attempt';
import { findAttempt, type AttemptToMake } from '../db/payments';
import type { CardRequest, PaymentGateway } from '../gateways/payment-gateway';
import { callGateway, outside } from './call-gateway';
import type { ActivityDependencies } from './dependencies';

/** The processor calls of the charge path, each under a key from the books, so that a repetition is not a second charge. */
export function createPaymentActivities(deps: ActivityDependencies) {
  return {
    /** Charges (or sets up) a card. An attempt that the fraud step blocked is never sent. */
    attemptPayment: (input: { attempt: string; assessment: FraudAssessment | null }): Promise<GatewayAnswer> =>
      outside(async () => {
        const { assessment } = input;
        if (assessment?.decision === 'block') return { outcome: 'blocked', error: blockedError(assessment) };
        const made = await findAttempt(deps.sql, input.attempt);
        return callGateway(deps, made.attempt, (gateway) => attempt(gateway, made, assessment));
      }),

    /** The outcome of an attempt whose answer was lost. If the attempt never arrived, it is sent again, under its own key. */
    resolvePayment: (input: { attempt: string }): Promise<GatewayAnswer> =>
      outside(async () => {
        const made = await findAttempt(deps.sql, input.attempt);
        return callGateway(
          deps,
          made.attempt,
          async (gateway) => (await gateway.find(keyOf(made))) ?? attempt(gateway, made, made.attempt.assessment),
        );
      }),

    capturePayment: (input: { id: string }): Promise<void> =>
      outside(async () => {
        const made = await findAttempt(deps.sql, input.id);
        const { gatewayReference: charge, id, amount } = made.attempt;
        const request = { idempotencyKey: `${id}/capture`, charge: charge ?? id, amount: made.captureRequested ?? amount };
        await callGateway(deps, made.attempt, (gateway) => gateway.capture(request));
      }),

    cancelPayment: (input: { id: string }): Promise<void> =>
      outside(async () => {
        const made = await findAttempt(deps.sql, input.id);
        const { gatewayReference: charge, id } = made.attempt;
        await callGateway(deps, made.attempt, (gateway) => gateway.cancel({ idempotencyKey: `${id}/cancel`, charge: charge ?? id }));
      }),
  };
}

function attempt(gateway: PaymentGateway, made: AttemptToMake, assessment: FraudAssessment | null): Promise<GatewayAnswer> {
  const { kind, amount, currency, offSession, threeDSecure } = made.attempt;
  const wanted = made.wantsThreeDSecure || assessment?.decision === 'require_3ds';
  const request: CardRequest = {
    idempotencyKey: keyOf(made),
    card: made.card,
    offSession,
    setUp: made.setUp,
    threeDSecure: threeDSecure === 'authenticated' ? threeDSecure : wanted ? 'requested' : null,
  };
  return kind === 'setup'
    ? gateway.setup(request)
    : gateway.charge({ ...request, amount, currency, capture: made.captureMethod !== 'manual' });
}

/** Continuing an attempt after 3-D Secure is a second call, with its own key. */
function keyOf({ attempt: { id, threeDSecure } }: AttemptToMake): string {
  return threeDSecure === 'authenticated' ? `${id}/authenticated` : id;
}
