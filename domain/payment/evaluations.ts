/** Evaluations of payments that another processor makes: by the same score and settings as charges here, before them and without a charge. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { settingsOf, type FraudSettings } from '../rows/account';
import type { EvaluatedPayment, PaymentEvaluation, ReportedOutcome } from '../rows/payment-evaluation';
import type { Metadata } from '../rows/resource';
import type { Risk } from './fraud';

export interface NewEvaluation {
  customer: string | null;
  paymentMethod: string;
  details: EvaluatedPayment;
  metadata: Metadata;
  risk: Risk;
}

export function evaluatePayment(changes: ChangeSet, evaluation: NewEvaluation): void {
  const { fraud } = settingsOf(changes.rows.get('account', changes.context.account), changes.context);
  const recommendedAction = recommendedAt(evaluation.risk, fraud);
  changes.put('paymentEvaluation', { ...changes.resource('peval'), ...evaluation, recommendedAction, outcome: null });
}

/** The highest risk is to be blocked, as a charge would be; an elevated one has the consequence that the account has chosen. */
function recommendedAt({ riskLevel }: Risk, { elevated_risk: elevated }: FraudSettings): PaymentEvaluation['recommendedAction'] {
  if (riskLevel === 'highest') return 'block';
  if (riskLevel === 'normal') return 'continue';
  if (elevated === 'require_3ds') return 'request_three_d_secure';
  return elevated === 'block' ? 'block' : 'continue';
}

/**
 * Records once what came of the payment.
 *
 * @throws BillingError parameter_invalid if it was reported before, or has the details of another type
 */
export function reportOutcome(changes: ChangeSet, id: string, outcome: ReportedOutcome): void {
  const before = changes.rows.get('paymentEvaluation', id).outcome;
  if (before !== null) throw new BillingError('parameter_invalid', `The outcome of ${id} was reported: ${before.type}.`, { param: 'type' });
  const other = DETAILED.find((type) => type !== outcome.type && outcome[type] !== undefined);
  if (other)
    throw new BillingError('parameter_invalid', `\`${other}\` says what happened in another case than ${outcome.type}.`, { param: other });
  changes.patch('paymentEvaluation', id, { outcome });
}

const DETAILED = ['merchant_blocked', 'rejected', 'succeeded'] as const;
