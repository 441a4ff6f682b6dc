/**
 * The human step of a dispute: until `answersAt` its owner can change the drafted evidence, submit it, or accept the loss. Then the account's policy
 * answers, so that no deadline passes unseen.
 */
import { settingsOf } from '../rows/account';
import type { Dispute } from '../rows/dispute';
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { StepInput } from '../core/steps';
import { isFeePending } from '../evidence/enhanced';
import { isAwaited, refuseUnanswerable } from './dispute-closing';

const HOUR = 3600;

type Plan = Pick<Dispute, 'answersAt' | 'owner' | 'whenUnanswered'>;

/** The account's policy, for a dispute that can be answered until `dueBy`. */
export function answerPlan(changes: ChangeSet, of: Pick<Dispute, 'account' | 'livemode'>, dueBy: number | null): Plan {
  const { answer_hours: hours, owner, when_unanswered: whenUnanswered } = settingsOf(changes.rows.get('account', of.account), of).disputes;
  return { owner, whenUnanswered, answersAt: dueBy === null ? null : Math.max(changes.now, dueBy - hours * HOUR) };
}

interface AnswerParameters {
  answers_at?: number;
  owner?: string;
  when_unanswered?: Dispute['whenUnanswered'];
}

/**
 * Changes who answers this dispute, until when, and what happens otherwise.
 *
 * @throws BillingError dispute_not_editable; parameter_invalid for a time that has passed or is after the bank's
 */
export function planAnswer(changes: ChangeSet, input: StepInput<AnswerParameters>): void {
  const dispute = changes.rows.get('dispute', input.subject);
  refuseUnanswerable(dispute);
  const { answers_at: answersAt = dispute.answersAt, owner = dispute.owner, when_unanswered: whenUnanswered } = input.parameters;
  if (input.parameters.answers_at !== undefined) refuseTime(dispute, input.parameters.answers_at, changes.now);
  changes.patch('dispute', dispute.id, { answersAt, owner, whenUnanswered: whenUnanswered ?? dispute.whenUnanswered });
}

function refuseTime({ dueBy }: Dispute, at: number, now: number): void {
  if (at > now && (dueBy === null || at <= dueBy)) return;
  const message = `Invalid answers_at: must be in the future, and not after ${String(dueBy)}, when the bank stops waiting.`;
  throw new BillingError('parameter_invalid', message, { param: 'answers_at' });
}

/**
 * Nobody has answered in time. What a person has staged is submitted in any case where the policy acts, because somebody wanted to contest. A
 * fee is never acknowledged for the seller.
 */
export function answerDispute(changes: ChangeSet, input: StepInput): void {
  const dispute = changes.patch('dispute', input.subject, { answersAt: null });
  if (!isAwaited(dispute) || dispute.pendingCall !== null) return;
  const { whenUnanswered, hasEvidence } = dispute;
  if (whenUnanswered === 'accept' && !hasEvidence) return act(changes, dispute, 'close');
  if (whenUnanswered !== 'wait' && !isFeePending(dispute)) return act(changes, dispute, 'submit');
  changes.outcome = `${dispute.id}: ${dispute.owner} has not answered`;
  changes.emit('dunlin.dispute.answer_due', 'dispute', dispute.id);
}

function act(changes: ChangeSet, { id }: Dispute, pendingCall: 'close' | 'submit'): void {
  changes.patch('dispute', id, { pendingCall });
  changes.outcome = `${id}: ${pendingCall === 'submit' ? 'the evidence is submitted' : 'the loss is accepted'}, because nobody has answered`;
}
