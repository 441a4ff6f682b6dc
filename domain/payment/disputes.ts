/**
 * Chargebacks. A bank that takes back a charge of 1200 withdraws 1215, the amount and a fee of 15.00, until it has decided. An inquiry only
 * asks, and moves no money.
 */
import { settingsOf, type DisputeProgram } from '../rows/account';
import { withdraw } from './dispute-fees';
import { blockPayerOf } from './block-payer';
import { answerPlan } from './dispute-answers';
import { takesMoney } from './dispute-closing';
import { answerDueAt, wakeSubscriptions } from './dispute-decisions';
import { knownEvidence } from '../evidence/known';
import { failUnsettledRefunds, putRefund } from './refunds';
import type { Charge } from '../rows/charge';
import type { CaseType, Dispute, DisputeStatus } from '../rows/dispute';
import type { Aftermath } from '../rows/payment-attempt';
import type { ChangeSet } from '../core/change-set';
import { closeReview, settleWarnings, warn } from '../fraud/review-endings';

export interface NewDispute {
  amount: number;
  reason: string;
  networkReasonCode: string | null;
  caseType: CaseType;
  /** By a real processor: its own name of the dispute, until when it can be answered, and its fee. Absent: the sandbox's bank opens it. */
  told?: { reference: string; dueBy: number | null; fee: number | null };
}

/** The disputes or the warning that a sandbox card or account causes for its charge. */
export function followAftermath(changes: ChangeSet, charge: Charge, aftermath: Aftermath): void {
  if (aftermath === 'early_fraud_warning') return warn(changes, charge, 'misc');
  const { disputes } = settingsOf(changes.rows.get('account', charge.account), charge);
  for (const dispute of disputesOf(charge, aftermath, disputes.prevented_by)) openDispute(changes, charge.id, dispute);
}

/** Opens a chargeback (or inquiry) of a charge, withdraws its funds, and wakes its subscription. */
export function openDispute(changes: ChangeSet, chargeId: string, { told, ...of }: NewDispute): Dispute {
  const charge = changes.rows.get('charge', chargeId);
  const resource = changes.resource('du');
  const status = statusOf(of.caseType);
  const dueBy = status === 'prevented' ? null : answerableUntil(changes, told);
  const dispute = changes.put('dispute', {
    ...resource,
    ...of,
    customer: charge.customer,
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    currency: charge.currency,
    status,
    isChargeRefundable: of.caseType === 'inquiry' || of.caseType === 'block',
    evidence: knownEvidence(changes.rows, charge, changes.now),
    enhancedEvidence: {},
    hasEvidence: false,
    dueBy,
    ...answerPlan(changes, charge, dueBy),
    submittedAt: null,
    submissionCount: 0,
    decidesAt: null,
    closedAt: status === 'prevented' ? changes.now : null,
    keepsTax: null,
    counterFee: 0,
    estimatedFee: null,
    clearsFraud: false,
    rateWarnings: [],
    balanceTransactions: [],
    draftedAt: null,
    sources: [],
    priorCharges: [],
    paymentMethodDetails: { card: charge.paymentMethodDetails.card },
    gatewayReference: told?.reference ?? resource.id,
    pendingCall: null,
    metadata: {},
  });
  const disputed = changes.patch('charge', charge.id, { disputed: true, dispute: charge.dispute ?? dispute.id });
  if (of.caseType === 'resolution') refundFor(changes, dispute, disputed);
  begin(changes, dispute, { charge: disputed, fee: told?.fee ?? null });
  return changes.rows.get('dispute', dispute.id);
}

const answerableUntil = ({ now }: ChangeSet, told: NewDispute['told']): number | null => (told ? told.dueBy : answerDueAt(now));

const statusOf = (caseType: CaseType): DisputeStatus => STATUSES[caseType] ?? 'needs_response';
const STATUSES: Partial<Record<CaseType, DisputeStatus>> = {
  block: 'prevented',
  inquiry: 'warning_needs_response',
  resolution: 'prevented',
};

function begin(changes: ChangeSet, dispute: Dispute, { charge, fee }: { charge: Charge; fee: number | null }): void {
  const isWithdrawn = takesMoney(dispute);
  if (isWithdrawn) {
    failUnsettledRefunds(changes, charge.id);
    withdraw(changes, dispute, { charge, fee });
  }
  closeReview(changes, charge.id, 'disputed');
  changes.emit('charge.dispute.created', 'dispute', dispute.id);
  if (isWithdrawn) changes.emit('charge.dispute.funds_withdrawn', 'dispute', dispute.id);
  settleWarnings(changes, charge.id);
  changes.wake('dispute', dispute.id, { customer: charge.customer });
  blockPayerOf(changes, dispute, 'when_opened');
  if (isWithdrawn) wakeSubscriptions(changes, dispute);
}

/** The network settles the dispute by a refund, before it is a chargeback. */
function refundFor(changes: ChangeSet, { amount }: Dispute, charge: Charge): void {
  const refund = putRefund(changes, charge, { id: changes.id('re'), amount, reason: null, metadata: {} });
  changes.wake('refund', refund.id, refund);
}

function disputesOf(
  { amount }: Charge,
  aftermath: Exclude<Aftermath, 'early_fraud_warning'>,
  prevented: readonly DisputeProgram[],
): NewDispute[] {
  const fraudulent = { reason: 'fraudulent', networkReasonCode: '10.4', caseType: 'chargeback' as const };
  const unless = (program: DisputeProgram, caseType: CaseType): NewDispute[] => [
    { ...fraudulent, amount, ...(prevented.includes(program) ? { caseType } : {}) },
  ];
  switch (aftermath) {
    case 'dispute_fraudulent':
      return [{ ...fraudulent, amount }];
    case 'dispute_resolved_rapidly':
      return unless('rapid_dispute_resolution', 'resolution');
    case 'dispute_blocked':
      return unless('compelling_evidence_3', 'block');
    case 'dispute_alerted':
      return unless('ethoca_alerts', 'resolution');
    // The holder's bank gives a debit back without asking why.
    case 'debit_returned':
      return [{ reason: 'debit_not_authorized', networkReasonCode: null, caseType: 'chargeback', amount }];
    case 'dispute_product_not_received':
      return [{ reason: 'product_not_received', networkReasonCode: '13.1', caseType: 'chargeback', amount }];
    case 'dispute_inquiry':
      return [{ reason: 'general', networkReasonCode: '10', caseType: 'inquiry', amount }];
    case 'dispute_noncompliant':
      return [{ reason: 'noncompliant', networkReasonCode: null, caseType: 'compliance', amount }];
    case 'dispute_multiple': {
      const first = Math.ceil(amount / 2);
      return [first, amount - first].filter((part) => part > 0).map((part) => ({ ...fraudulent, amount: part }));
    }
  }
}
