/** How disputes end: won, lost, or closed; and what that does to the funds that were withheld. */
import { bookLoss, bookReinstatement, bookWithdrawal } from './balance';
import type { Dispute, DisputeStatus } from '../rows/dispute';
import type { Plan } from '../core/change-set';
import type { StepInput } from '../core/steps';

/** What Stripe's test mode understands in `uncategorized_text`, the last of them of an inquiry. */
const WINNING = 'winning_evidence';
const LOSING = 'losing_evidence';
const ESCALATING = 'escalate_inquiry_evidence';

/** Whether the evidence tells the sandbox's bank what to decide. */
export function isDecided(dispute: Dispute): boolean {
  const text = dispute.evidence['uncategorized_text'];
  return isInquiry(dispute) ? text === ESCALATING || text === WINNING || text === LOSING : text === WINNING || text === LOSING;
}

/** The sandbox's bank decides on what was submitted. */
export function decideDispute(plan: Plan, input: StepInput): void {
  const dispute = plan.rows.get('dispute', input.subject);
  const text = dispute.evidence['uncategorized_text'];
  if (isInquiry(dispute)) return text === ESCALATING ? escalate(plan, dispute) : closeAs(plan, dispute, 'warning_closed');
  if (text === WINNING) win(plan, dispute);
  else lose(plan, dispute);
}

/** Nobody answered in time: a chargeback is lost, an inquiry has come to nothing. */
export function expireDispute(plan: Plan, input: StepInput): void {
  const dispute = plan.rows.get('dispute', input.subject);
  if (dispute.status === 'warning_needs_response') closeAs(plan, dispute, 'warning_closed');
  else lose(plan, dispute);
}

/** The account has accepted it; irreversible. */
export function recordClosing(plan: Plan, input: StepInput): void {
  const dispute = plan.patch('dispute', input.subject, { outside: null });
  if (isInquiry(dispute)) closeAs(plan, dispute, 'warning_closed');
  else lose(plan, dispute);
}

/** Whoever refunds the charge of an inquiry has answered it. */
export function closeInquiries(plan: Plan, charge: string): void {
  for (const dispute of plan.rows.where('dispute', (each) => each.charge === charge && isOpen(each) && isInquiry(each))) {
    closeAs(plan, dispute, 'warning_closed');
    plan.wake('dispute', dispute.id, { customer: dispute.customer });
  }
}

export const isOpen = ({ status }: Dispute): boolean => !CLOSED.includes(status);
export const isInquiry = ({ status }: Dispute): boolean => status.startsWith('warning_');

const CLOSED: readonly DisputeStatus[] = ['won', 'lost', 'warning_closed'];

/** The inquiry becomes a chargeback: the funds are withdrawn, and an answer is wanted again. */
function escalate(plan: Plan, { id, charge }: Dispute): void {
  const dispute = plan.patch('dispute', id, { status: 'needs_response', decidesAt: null, isChargeRefundable: false });
  const movement = bookWithdrawal(plan, dispute, plan.rows.get('charge', charge));
  plan.patch('dispute', id, { balanceTransactions: [...dispute.balanceTransactions, movement.id] });
  plan.outcome = `${id}: escalated`;
  plan.emitUpdated('charge.dispute.updated', 'dispute', id);
  plan.emit('charge.dispute.funds_withdrawn', 'dispute', id);
}

function win(plan: Plan, dispute: Dispute): void {
  const movement = bookReinstatement(plan, dispute, plan.rows.get('charge', dispute.charge));
  plan.patch('dispute', dispute.id, { balanceTransactions: [...dispute.balanceTransactions, movement.id] });
  closeAs(plan, dispute, 'won');
  plan.emit('charge.dispute.funds_reinstated', 'dispute', dispute.id);
}

function lose(plan: Plan, dispute: Dispute): void {
  bookLoss(plan, dispute, plan.rows.get('charge', dispute.charge));
  closeAs(plan, dispute, 'lost');
}

function closeAs(plan: Plan, { id }: Dispute, status: DisputeStatus): void {
  plan.patch('dispute', id, {
    status,
    closedAt: plan.now,
    decidesAt: null,
    outside: null,
    isChargeRefundable: status === 'warning_closed',
  });
  plan.outcome = `${id}: ${status}`;
  plan.emit('charge.dispute.closed', 'dispute', id);
}
