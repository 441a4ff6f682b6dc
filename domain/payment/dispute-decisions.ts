/** How disputes end (won, lost, or closed), and the effect on the withdrawn funds. A bank may correct its decision: what was lost is won after all. */
import { settingsOf } from '../rows/account';
import { bookLoss, bookReinstatement } from './balance';
import { blockPayerOf } from './block-payer';
import { answerPlan } from './dispute-answers';
import { closeAs, isInquiry, isOpen } from './dispute-closing';
import { withdraw } from './dispute-fees';
import { failUnsettledRefunds } from './refunds';
import type { Dispute } from '../rows/dispute';
import type { ToldDispute } from '../rows/processor-event';
import { isQualified } from '../evidence/enhanced';
import { invoiceOf } from './intents';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { wakeSubscriptionsOf } from '../core/wakes';

/** Values of `uncategorized_text` that Stripe's test mode understands, the last one for inquiries. */
const WINNING = 'winning_evidence';
const LOSING = 'losing_evidence';
const ESCALATING = 'escalate_inquiry_evidence';
/** Dunlin's own: the bank decides against the seller, and a day later corrects itself. */
const OVERTURNED = 'overturned_evidence';

const DAY = 86_400;
/** The sandbox's bank accepts answers until the last second of the UTC day this many days ahead. */
const RESPOND_WITHIN_DAYS = 8;
/** An inquiry that was answered, and not escalated for so long, is over. */
export const INQUIRY_ENDS_AFTER = 120 * DAY;

/** Until when a dispute can be answered that begins now. */
export const answerDueAt = (now: number): number => (Math.floor(now / DAY) + RESPOND_WITHIN_DAYS + 1) * DAY - 1;

/** The sandbox's bank decides one day after it gets evidence with a decision; without one the dispute stays under review. */
export const DECIDES_AFTER = DAY;

/** Whether the evidence contains one of the sandbox's decisions. */
export function isDecided(dispute: Dispute): boolean {
  const text = dispute.evidence['uncategorized_text'];
  return text === WINNING || text === LOSING || text === (isInquiry(dispute) ? ESCALATING : OVERTURNED);
}

/** The sandbox's bank decides on the submitted evidence. */
export function decideDispute(changes: ChangeSet, input: StepInput): void {
  const dispute = changes.rows.get('dispute', input.subject);
  const text = dispute.evidence['uncategorized_text'];
  if (isInquiry(dispute)) return text === ESCALATING ? escalate(changes, dispute) : closeAs(changes, dispute, 'warning_closed');
  if (text === WINNING || dispute.status === 'lost') return win(changes, dispute);
  lose(changes, dispute);
  if (text === OVERTURNED) changes.patch('dispute', dispute.id, { decidesAt: changes.now + DECIDES_AFTER });
}

/** The account did not answer in time, and the chargeback is lost; or an inquiry was not escalated in time, and is closed. */
export function expireDispute(changes: ChangeSet, input: StepInput): void {
  const dispute = changes.rows.get('dispute', input.subject);
  if (isInquiry(dispute)) closeAs(changes, dispute, 'warning_closed');
  else lose(changes, dispute);
}

/** How a dispute stands at its bank. */
type Standing = Pick<ToldDispute, 'dueBy' | 'fee' | 'status'>;

/** A processor has told how the dispute stands at its bank. A closed one only changes if what was lost is won after all. */
export function settleAs(changes: ChangeSet, dispute: Dispute, standing: Standing): void {
  const mayChange = isOpen(dispute) || (dispute.status === 'lost' && standing.status === 'won');
  if (mayChange && standing.status !== dispute.status) moveTo(changes, dispute, standing);
}

function moveTo(changes: ChangeSet, dispute: Dispute, { status, ...terms }: Standing): void {
  if (isInquiry(dispute) && !status.startsWith('warning_')) escalate(changes, dispute, terms);
  const now = changes.rows.get('dispute', dispute.id);
  if (status === 'won') win(changes, now);
  else if (status === 'lost') lose(changes, now);
  else if (status === 'warning_closed') closeAs(changes, now, status);
  else if (status.endsWith('under_review')) showReview(changes, now, status);
  changes.wake('dispute', dispute.id, { customer: dispute.customer });
}

function showReview(changes: ChangeSet, { id }: Dispute, status: Dispute['status']): void {
  changes.patch('dispute', id, { status });
  changes.emitUpdated('charge.dispute.updated', 'dispute', id);
}

/** The account has accepted the dispute; irreversible. */
export function recordClosing(changes: ChangeSet, input: StepInput): void {
  const dispute = changes.patch('dispute', input.subject, { pendingCall: null });
  if (isInquiry(dispute)) closeAs(changes, dispute, 'warning_closed');
  else lose(changes, dispute);
}

/**
 * The inquiry becomes a chargeback: the funds are withdrawn, and the dispute needs a response again. A refund that the bank has not completed
 * fails; what was refunded before is withdrawn a second time.
 */
function escalate(
  changes: ChangeSet,
  { id, charge }: Dispute,
  { dueBy, fee }: Omit<Standing, 'status'> = { dueBy: answerDueAt(changes.now), fee: null },
): void {
  failUnsettledRefunds(changes, charge);
  const dispute = changes.patch('dispute', id, {
    status: 'needs_response',
    caseType: 'chargeback',
    decidesAt: null,
    isChargeRefundable: false,
    dueBy,
    ...answerPlan(changes, changes.rows.get('dispute', id), dueBy),
  });
  withdraw(changes, dispute, { charge: changes.rows.get('charge', charge), fee });
  changes.outcome = `${id}: escalated`;
  changes.emitUpdated('charge.dispute.updated', 'dispute', id);
  changes.emit('charge.dispute.funds_withdrawn', 'dispute', id);
  blockPayerOf(changes, dispute, 'when_opened');
  wakeSubscriptions(changes, dispute);
}

function win(changes: ChangeSet, dispute: Dispute): void {
  const movement = bookReinstatement(changes, dispute, changes.rows.get('charge', dispute.charge));
  changes.patch('dispute', dispute.id, {
    balanceTransactions: [...dispute.balanceTransactions, movement.id],
    clearsFraud: isQualified(dispute),
  });
  closeAs(changes, dispute, 'won');
  changes.emit('charge.dispute.funds_reinstated', 'dispute', dispute.id);
  wakeSubscriptions(changes, dispute);
}

function lose(changes: ChangeSet, dispute: Dispute): void {
  bookLoss(changes, dispute, changes.rows.get('charge', dispute.charge));
  const { disputes } = settingsOf(changes.rows.get('account', dispute.account), dispute);
  changes.patch('dispute', dispute.id, { keepsTax: disputes.tax_when_lost === 'payable' });
  closeAs(changes, dispute, 'lost');
  blockPayerOf(changes, dispute, 'when_lost');
  wakeSubscriptions(changes, dispute);
}

/** The subscriptions' own workflows apply the account's settings. */
export function wakeSubscriptions(changes: ChangeSet, { charge: id, paymentIntent }: Dispute): void {
  const invoice = invoiceOf(changes.rows, { id: paymentIntent, invoice: changes.rows.get('charge', id).invoice });
  wakeSubscriptionsOf(changes, changes.rows.find('invoice', invoice));
}
