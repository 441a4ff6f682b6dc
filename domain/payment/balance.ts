/**
 * The account's own funds: the movement of each charge, refund and dispute, less the processor's fee, with its ledger entries. A charge of
 * 1200 has a fee of 65 (2.9 % of it, 34.8, rounded half up to 35, and 30): net 1135.
 */
import type { BalanceTransaction } from '../rows/balance-transaction';
import type { Charge } from '../rows/charge';
import { exponentOf } from '../money/currency';
import type { Dispute } from '../rows/dispute';
import type { LedgerEntry } from '../core/ledger';
import { multiplyRatio, negate } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Refund } from '../rows/refund';

/** The sandbox processor's fee: 2.9 % and 30 minor units. A refund does not return it. */
const PROCESSOR_FEE = { perMille: 29, fixedMinor: 30 } as const;
/** The fee of a chargeback, in the currency's major units; not returned even if the dispute is won. */
const DISPUTE_FEE_MAJOR = 15;
/** The network's fee for evidence in a compliance case, which a win returns. */
const COMPLIANCE_FEE_MAJOR = 500;

/** A charge's funds are available after two days, unless the card makes them available at once. */
const AVAILABLE_AFTER = 2 * 86_400;

/** The processor's fee in minor units. The percentage is rounded half up once, before the fixed part is added. */
export function processorFee(amount: number): number {
  return multiplyRatio(amount, PROCESSOR_FEE.perMille, 1000) + PROCESSOR_FEE.fixedMinor;
}

export const disputeFee = (currency: string): number => DISPUTE_FEE_MAJOR * 10 ** exponentOf(currency);
export const complianceFee = (currency: string): number => COMPLIANCE_FEE_MAJOR * 10 ** exponentOf(currency);

/** What the processor says of received money. Without its fee, that is estimated as the sandbox's. */
interface Receipt {
  pendingBalance: boolean;
  fee?: number | null;
}

/** Books received money: it settles the invoice's receivable; without an invoice it is revenue at once. */
export function bookCharge(
  changes: ChangeSet,
  charge: Charge,
  amount: number,
  { pendingBalance, fee: told = null }: Receipt,
): BalanceTransaction {
  const fee = told ?? processorFee(amount);
  const movement = move(changes, {
    type: 'charge',
    amount,
    fee: { amount: fee, description: told === null ? 'Dunlin sandbox processing fees' : 'Processing fees' },
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

/** Books a refund that failed, or was canceled before it was sent. */
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

/** Books the disputed amount and a fee, which the bank withdraws until it has decided. */
export function bookWithdrawal(
  changes: ChangeSet,
  dispute: Dispute,
  { charge, fee: told = null }: { charge: Charge; fee?: number | null },
): BalanceTransaction {
  const fee = told ?? disputeFee(dispute.currency);
  const entry = entries(charge);
  changes.post('dispute', dispute.id, dispute.customer, [
    entry('disputes_withheld', dispute.amount),
    entry('processor_fees', fee),
    entry('cash_clearing', negate(dispute.amount + fee)),
  ]);
  return moveForDispute(changes, dispute, { amount: negate(dispute.amount), fee, description: `Chargeback withdrawal for ${charge.id}` });
}

/** Books what the fee of a dispute is more, or less, than was booked with its withdrawal. */
export function bookFeeCorrection(
  changes: ChangeSet,
  dispute: Dispute,
  { fee, charge }: { fee: number; charge: Charge },
): BalanceTransaction {
  const entry = entries(charge);
  changes.post('dispute_fee', dispute.id, dispute.customer, [entry('processor_fees', fee), entry('cash_clearing', negate(fee))]);
  return move(changes, {
    ...{ type: 'adjustment', amount: 0, fee: { amount: fee, description: 'Dispute fee' }, currency: dispute.currency, source: dispute.id },
    ...{ description: `Dispute fee for ${charge.id}`, availableOn: changes.now, reportingCategory: 'fee' },
  });
}

/** Books the fee for countering a dispute. */
export function bookCountering(changes: ChangeSet, dispute: Dispute, { fee, charge }: { fee: number; charge: Charge }): BalanceTransaction {
  const entry = entries(charge);
  changes.post('dispute_countered', dispute.id, dispute.customer, [entry('processor_fees', fee), entry('cash_clearing', negate(fee))]);
  return moveForDispute(changes, dispute, { amount: 0, fee, description: `Chargeback countered for ${charge.id}` });
}

/**
 * Books a won dispute: the amount and the fee for countering it are returned, the dispute's own fee is not. `dispute` is as it was before: one that
 * was lost is lost no longer.
 */
export function bookReinstatement(changes: ChangeSet, dispute: Dispute, charge: Charge): BalanceTransaction {
  const entry = entries(charge);
  changes.post('dispute_reversal', dispute.id, dispute.customer, [
    entry('cash_clearing', dispute.amount + dispute.counterFee),
    entry(dispute.status === 'lost' ? 'dispute_losses' : 'disputes_withheld', negate(dispute.amount)),
    entry('processor_fees', negate(dispute.counterFee)),
  ]);
  const description = `Chargeback reversal for ${charge.id}`;
  return moveForDispute(changes, dispute, { amount: dispute.amount, fee: negate(dispute.counterFee), description });
}

/** Books a lost dispute: the withdrawn amount is lost for good. No funds move. */
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
    ...(fee === 0 ? {} : { fee: { amount: fee, description: amount < 0 ? 'Dispute fee' : 'Dispute countered fee' } }),
    currency: dispute.currency,
    source: dispute.id,
    description,
    availableOn: changes.now,
    reportingCategory: amount > 0 ? 'dispute_reversal' : 'dispute',
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
