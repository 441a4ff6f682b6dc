/**
 * The account's own funds: what each charge, refund and dispute moves, less the processor's fee, with the ledger entries that
 * explain it. A charge of 1200 has a fee of 65 (2.9 % of it, 34.8, rounded half up to 35, and 30): net 1135.
 */
import type { BalanceTransaction } from '../rows/balance-transaction';
import type { Charge } from '../rows/charge';
import { exponentOf } from '../money/currency';
import type { Dispute } from '../rows/dispute';
import type { LedgerEntry } from '../core/ledger';
import { multiplyRatio, negate } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Refund } from '../rows/refund';

/** What the sandbox's processor takes of a charge: 2.9 % and 30 minor units. A refund does not give it back. */
const PROCESSOR_FEE = { perMille: 29, fixedMinor: 30 } as const;
/** What a chargeback costs, in the currency's major units; kept also where it is won. */
const DISPUTE_FEE_MAJOR = 15;

/** Funds of a charge can be used after two days, unless the card goes straight to the balance. */
const AVAILABLE_AFTER = 2 * 86_400;

/** The percentage is rounded half up to a minor unit, once, before the fixed part is added. */
export function processorFee(amount: number): number {
  return multiplyRatio(amount, PROCESSOR_FEE.perMille, 1000) + PROCESSOR_FEE.fixedMinor;
}

export function disputeFee(currency: string): number {
  return DISPUTE_FEE_MAJOR * 10 ** exponentOf(currency);
}

/** Money that came in: it settles the invoice's receivable; without an invoice it is revenue at once. */
export function bookCharge(changes: ChangeSet, charge: Charge, amount: number, pendingBalance: boolean): BalanceTransaction {
  const fee = processorFee(amount);
  const movement = move(changes, {
    type: 'charge',
    amount,
    fee: { amount: fee, description: 'Dunlin sandbox processing fees' },
    currency: charge.currency,
    source: charge.id,
    description: charge.description,
    availableOn: changes.now + (pendingBalance ? AVAILABLE_AFTER : 0),
  });
  const entry = entries(charge);
  changes.post('charge', charge.id, charge.customer, [
    entry('cash_clearing', amount),
    entry(charge.invoice === null ? 'revenue' : 'receivable', negate(amount)),
    entry('processor_fees', fee),
    entry('cash_clearing', negate(fee)),
  ]);
  return movement;
}

export function bookRefund(changes: ChangeSet, refund: Refund, charge: Charge): BalanceTransaction {
  const entry = entries(charge);
  changes.post('refund', refund.id, refund.customer, [entry('refunds', refund.amount), entry('cash_clearing', negate(refund.amount))]);
  return move(changes, {
    type: 'refund',
    amount: negate(refund.amount),
    currency: refund.currency,
    source: refund.id,
    description: 'REFUND FOR CHARGE',
    availableOn: changes.now,
  });
}

/** A refund that came back, or was canceled before it went out. */
export function bookRefundFailure(changes: ChangeSet, refund: Refund, charge: Charge): BalanceTransaction {
  const entry = entries(charge);
  changes.post('refund_failure', refund.id, refund.customer, [
    entry('cash_clearing', refund.amount),
    entry('refunds', negate(refund.amount)),
  ]);
  return move(changes, {
    type: 'refund_failure',
    amount: refund.amount,
    currency: refund.currency,
    source: refund.id,
    description: 'REFUND FAILURE',
    availableOn: changes.now,
  });
}

/** The bank takes the disputed amount and a fee until it has decided. */
export function bookWithdrawal(changes: ChangeSet, dispute: Dispute, charge: Charge): BalanceTransaction {
  const fee = disputeFee(dispute.currency);
  const entry = entries(charge);
  changes.post('dispute', dispute.id, dispute.customer, [
    entry('disputes_withheld', dispute.amount),
    entry('processor_fees', fee),
    entry('cash_clearing', negate(dispute.amount + fee)),
  ]);
  return moveForDispute(changes, dispute, { amount: negate(dispute.amount), fee, description: `Chargeback withdrawal for ${charge.id}` });
}

/** A dispute that is won gives back the amount; the fee is kept. */
export function bookReinstatement(changes: ChangeSet, dispute: Dispute, charge: Charge): BalanceTransaction {
  const entry = entries(charge);
  changes.post('dispute_reversal', dispute.id, dispute.customer, [
    entry('cash_clearing', dispute.amount),
    entry('disputes_withheld', negate(dispute.amount)),
  ]);
  return moveForDispute(changes, dispute, { amount: dispute.amount, fee: 0, description: `Chargeback reversal for ${charge.id}` });
}

/** What was withheld is gone for good; no funds move. */
export function bookLoss(changes: ChangeSet, dispute: Dispute, charge: Charge): void {
  const entry = entries(charge);
  changes.post('dispute_loss', dispute.id, dispute.customer, [
    entry('dispute_losses', dispute.amount),
    entry('disputes_withheld', negate(dispute.amount)),
  ]);
}

function moveForDispute(
  changes: ChangeSet,
  dispute: Dispute,
  of: { amount: number; fee: number; description: string },
): BalanceTransaction {
  const { amount, fee, description } = of;
  return move(changes, {
    type: 'adjustment',
    amount,
    ...(fee === 0 ? {} : { fee: { amount: fee, description: 'Dispute fee' } }),
    currency: dispute.currency,
    source: dispute.id,
    description,
    availableOn: changes.now,
    reportingCategory: amount < 0 ? 'dispute' : 'dispute_reversal',
  });
}

interface Movement {
  type: BalanceTransaction['type'];
  amount: number;
  fee?: { amount: number; description: string };
  currency: string;
  source: string;
  description: string | null;
  availableOn: number;
  reportingCategory?: string;
}

function move(changes: ChangeSet, { fee, reportingCategory, ...of }: Movement): BalanceTransaction {
  const details = fee && { amount: fee.amount, application: null, currency: of.currency, description: fee.description, type: 'stripe_fee' };
  return changes.put('balanceTransaction', {
    ...changes.resource('txn'),
    ...of,
    fee: fee?.amount ?? 0,
    net: of.amount - (fee?.amount ?? 0),
    feeDetails: details ? [details] : [],
    reportingCategory: reportingCategory ?? of.type,
  });
}

const entries =
  ({ currency, invoice }: Charge) =>
  (ledgerAccount: LedgerEntry['ledgerAccount'], amount: number): LedgerEntry => ({ ledgerAccount, amount, currency, invoice });
