/** The account's responses to a dispute: stage evidence, submit it, or accept the loss. */
import type { Dispute } from '../rows/dispute';
import { DECIDES_AFTER, isDecided, isInquiry } from './dispute-decisions';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import type { StepInput } from '../core/steps';

interface DisputeParameters {
  evidence?: Record<string, string | null>;
  metadata?: Metadata | null;
  submit?: boolean;
}

/**
 * Stages evidence (an empty value removes a field) and, unless `submit` is false, sends all staged evidence to the bank.
 *
 * @throws BillingError dispute_not_editable
 */
export function updateDispute(changes: ChangeSet, input: StepInput<DisputeParameters>): void {
  const dispute = changes.rows.get('dispute', input.subject);
  const { evidence, metadata, submit } = input.parameters;
  const submits = submit === true || (submit === undefined && evidence !== undefined);
  if (evidence !== undefined || submits) refuseUnanswerable(dispute);
  changes.patch('dispute', dispute.id, {
    evidence: { ...dispute.evidence, ...evidence },
    hasEvidence: dispute.hasEvidence || evidence !== undefined,
    metadata: mergeMetadata(dispute.metadata, metadata),
    pendingCall: submits ? 'submit' : dispute.pendingCall,
  });
  changes.emitUpdated('charge.dispute.updated', 'dispute', dispute.id);
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
  changes.emitUpdated('charge.dispute.updated', 'dispute', dispute.id);
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

function refuseUnanswerable({ status }: Dispute): void {
  if (status === 'needs_response' || status === 'warning_needs_response') return;
  throw new BillingError('dispute_not_editable', `This dispute is ${status.replaceAll('_', ' ')}: it can no longer be answered.`);
}
