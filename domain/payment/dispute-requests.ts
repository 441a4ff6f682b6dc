/** The account's responses to a dispute: stage evidence, submit it, or accept the loss. */
import { settingsOf } from '../rows/account';
import type { Dispute, EnhancedEvidence, Evidence } from '../rows/dispute';
import { enhancedTypes, hasComplianceFee, refuseUnacknowledgedFee } from '../evidence/enhanced';
import { refuseTooMuchText } from '../evidence/fields';
import { bookCountering, complianceFee, disputeFee } from './balance';
import { isInquiry, refuseUnanswerable } from './dispute-closing';
import { DECIDES_AFTER, isDecided } from './dispute-decisions';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import type { StepInput } from '../core/steps';

interface DisputeParameters {
  evidence?: Evidence & { enhanced_evidence?: EnhancedEvidence | null };
  metadata?: Metadata | null;
  submit?: boolean;
}

/**
 * Stages evidence (an empty value removes a field) and, unless `submit` is false, sends all staged evidence to the bank.
 *
 * @throws BillingError dispute_not_editable; parameter_invalid for too much text, and for enhanced evidence that does not apply; parameter_missing for a
 * fee that is not acknowledged
 */
export function updateDispute(changes: ChangeSet, input: StepInput<DisputeParameters>): void {
  const dispute = changes.rows.get('dispute', input.subject);
  const { evidence, metadata, submit } = input.parameters;
  const { enhanced_evidence: enhanced, ...texts } = evidence ?? {};
  const submits = submit === true || (submit === undefined && evidence !== undefined);
  if (evidence !== undefined || submits) refuseUnanswerable(dispute);
  const changed = changes.patch('dispute', dispute.id, {
    evidence: { ...dispute.evidence, ...texts },
    enhancedEvidence: mergeEnhanced(dispute, enhanced),
    hasEvidence: dispute.hasEvidence || evidence !== undefined,
    metadata: mergeMetadata(dispute.metadata, metadata),
    pendingCall: submits ? 'submit' : dispute.pendingCall,
  });
  refuseTooMuchText(changed.evidence);
  if (submits) refuseUnacknowledgedFee(changed);
  changes.emitUpdated('charge.dispute.updated', 'dispute', dispute.id);
}

/** Each kind of enhanced evidence is replaced as a whole. Null removes all. */
function mergeEnhanced(dispute: Dispute, change: EnhancedEvidence | null | undefined): EnhancedEvidence {
  if (change === undefined) return dispute.enhancedEvidence;
  const types: readonly string[] = enhancedTypes(dispute);
  const wrong = Object.keys(change ?? {}).find((type) => !types.includes(type));
  if (wrong === undefined) return change === null ? {} : { ...dispute.enhancedEvidence, ...change };
  const param = `evidence[enhanced_evidence][${wrong}]`;
  throw new BillingError('parameter_invalid', `Invalid ${param}: it does not apply to this dispute.`, { param });
}

/** Records that the bank has the evidence and will decide. */
export function recordSubmission(changes: ChangeSet, input: StepInput): void {
  const dispute = changes.rows.get('dispute', input.subject);
  changes.patch('dispute', dispute.id, {
    pendingCall: null,
    status: isInquiry(dispute) ? 'warning_under_review' : 'under_review',
    submittedAt: changes.now,
    submissionCount: dispute.submissionCount + 1,
    decidesAt: isDecided(dispute) ? changes.now + DECIDES_AFTER : null,
  });
  if (!isInquiry(dispute)) chargeForCountering(changes, dispute);
  changes.emitUpdated('charge.dispute.updated', 'dispute', dispute.id);
}

/** Processors that charge for evidence, and networks in a compliance case, return the fee if the dispute is won. */
function chargeForCountering(changes: ChangeSet, dispute: Dispute): void {
  const { counter_fee: isCharged } = settingsOf(changes.rows.get('account', dispute.account), dispute).disputes;
  const fee = (isCharged ? disputeFee(dispute.currency) : 0) + (hasComplianceFee(dispute) ? complianceFee(dispute.currency) : 0);
  if (fee === 0) return;
  const movement = bookCountering(changes, dispute, { fee, charge: changes.rows.get('charge', dispute.charge) });
  changes.patch('dispute', dispute.id, { counterFee: fee, balanceTransactions: [...dispute.balanceTransactions, movement.id] });
}

/**
 * Accepts the dispute as lost. This cannot be undone.
 *
 * @throws BillingError dispute_not_editable
 */
export function closeDispute(changes: ChangeSet, input: StepInput): void {
  const dispute = changes.rows.get('dispute', input.subject);
  refuseUnanswerable(dispute);
  changes.patch('dispute', dispute.id, { pendingCall: 'close' });
}
