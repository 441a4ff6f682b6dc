/** A decision that no rule has made gets its row with the processor's answer, so that it costs no statement of its own. */
import type { ChangeSet } from '../core/change-set';
import type { FraudAssessment, GatewayAnswer, PaymentAttempt } from '../rows/payment-attempt';

/**
 * The assessment as the attempt keeps it. What was not sent is decided again when it is, so nothing is written of it. A second decision of the same round
 * takes the place of the first: the id is made of both.
 */
export function writtenAssessment(
  changes: ChangeSet,
  { id: attempt, intent }: Pick<PaymentAttempt, 'id' | 'intent'>,
  assessment: FraudAssessment | null,
  answer: Pick<GatewayAnswer, 'outcome'>,
): FraudAssessment | null {
  if (assessment === null) return null;
  const { unwritten, ...kept } = assessment;
  if (unwritten === undefined || answer.outcome === 'waiting') return kept;
  const { account, livemode } = changes.context;
  changes.put('fraudDecision', {
    ...{ ...unwritten, account, livemode, created: changes.now },
    ...{ attempt, paymentIntent: intent, assessment: kept, matched: [] },
  });
  return kept;
}
