/**
 * The tax of a payment intent with a requested calculation: it is recorded when the intent is paid, reversed in proportion when it is refunded or its
 * dispute is lost, and the reversal is reversed if the refund fails or the bank corrects itself. A tax that cannot be recorded stops no payment; the intent says why.
 */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { Dispute } from '../rows/dispute';
import type { PaymentIntent, TaxAttemptProblem, TaxAttempt } from '../rows/payment-intent';
import type { Refund } from '../rows/refund';
import type { Rows } from '../rows/rows';
import { leftToReverse, reverseTransaction } from '../tax/reversals';
import { recordCalculation } from '../tax/transactions';
import { invoiceOf } from './intents';

/** What a request says of the calculation, in Stripe's names. Null: none any more. */
export interface TaxHook {
  hooks?: { inputs?: { tax?: { calculation?: string | null } } };
}

/**
 * The intent's calculation after a request.
 *
 * @throws BillingError parameter_invalid for an intent that pays an invoice, whose tax is the invoice's
 */
export function calculationAsked(rows: Rows, intent: PaymentIntent, { hooks }: TaxHook): string | null {
  const calculation = hooks?.inputs?.tax?.calculation;
  if (calculation === undefined || calculation === intent.taxCalculation) return intent.taxCalculation;
  const invoice = invoiceOf(rows, intent);
  if (invoice === null) return calculation;
  const message = `PaymentIntent ${intent.id} pays invoice ${invoice}, which has the tax.`;
  throw new BillingError('parameter_invalid', message, { param: 'hooks[inputs][tax][calculation]' });
}

/** The intent has succeeded. */
export function recordPaidTax(changes: ChangeSet, id: string): void {
  const intent = changes.rows.get('paymentIntent', id);
  if (intent.taxCalculation === null) return;
  const calculation = changes.rows.find('requestedTaxCalculation', intent.taxCalculation);
  const problem = problemOf(changes, intent);
  if (problem !== null || !calculation) return keep(changes, id, { source: id, transaction: null, reason: problem });
  const recorded = recordCalculation(changes, calculation, { reference: id, postedAt: undefined, metadata: undefined });
  keep(changes, id, { source: id, transaction: recorded.id, reason: null });
}

function problemOf({ rows, now }: ChangeSet, intent: PaymentIntent): TaxAttemptProblem | null {
  const calculation = rows.find('requestedTaxCalculation', intent.taxCalculation);
  if (!calculation || calculation.expiresAt <= now) return 'calculation_expired';
  if (calculation.currency !== intent.currency) return 'currency_mismatch';
  if (rows.first('taxTransaction', (each) => each.calculation === calculation.id)) return 'another_payment_associated_with_calculation';
  return takenProblem(rows, intent.id);
}

/** Whether the seller has recorded a tax transaction of its own under this reference. */
const takenProblem = (rows: Rows, reference: string): TaxAttemptProblem | null =>
  rows.first('taxTransaction', (each) => each.reference === reference) ? 'unique_reference_violation' : null;

/** After a step of a refund: its tax is reversed once it was sent, and is owed again if it has failed. */
export function recordRefundedTax(changes: ChangeSet, refund: Refund): void {
  if (refund.balanceTransaction === null) return;
  if (refund.status === 'failed' || refund.status === 'canceled') restore(changes, refund, `${refund.id}/failed`);
  else reverse(changes, refund);
}

/** After a step of a dispute: its tax is reversed when it is lost, if the seller has decided so, and is owed again if it is won after all. */
export function recordDisputedTax(changes: ChangeSet, dispute: Dispute): void {
  if (dispute.status === 'won') restore(changes, dispute, `${dispute.id}/won`);
  if (dispute.status === 'lost' && dispute.keepsTax === false) reverse(changes, dispute);
}

/** What took a payment back, or a part of it. */
type Taken = Pick<Refund | Dispute, 'id' | 'amount' | 'paymentIntent'>;

function reverse(changes: ChangeSet, { id, amount, paymentIntent }: Taken): void {
  const intent = changes.rows.find('paymentIntent', paymentIntent);
  const original = intent && recordedFor(intent);
  if (!intent || !original || intent.taxAttempts.some(({ source }) => source === id)) return;
  const transaction = changes.rows.get('taxTransaction', original);
  const left = leftToReverse(changes.rows, transaction);
  const problem = left === 0 ? 'original_transaction_voided' : takenProblem(changes.rows, id);
  if (problem !== null) return keep(changes, intent.id, { source: id, transaction: null, reason: problem });
  const part = { flatAmount: -Math.min(amount, left) };
  const reversal = reverseTransaction(changes, transaction, { reference: id, metadata: undefined, part });
  keep(changes, intent.id, { source: id, transaction: reversal.id, reason: null });
}

const recordedFor = ({ id, taxAttempts }: PaymentIntent): string | null | undefined =>
  taxAttempts.find(({ source, transaction }) => source === id && transaction !== null)?.transaction;

/** Nothing is left to restore if the seller has reversed the reversal already. */
function restore(changes: ChangeSet, { id, paymentIntent }: Taken, reference: string): void {
  const intent = changes.rows.find('paymentIntent', paymentIntent);
  const reversed = intent?.taxAttempts.filter(({ source }) => source === id) ?? [];
  const [attempt] = reversed;
  if (!intent || reversed.length !== 1 || !attempt?.transaction) return;
  const reversal = changes.rows.get('taxTransaction', attempt.transaction);
  if (changes.rows.first('taxTransaction', ({ original }) => original === reversal.id)) return;
  const problem = takenProblem(changes.rows, reference);
  if (problem !== null) return keep(changes, intent.id, { source: id, transaction: null, reason: problem });
  const restored = reverseTransaction(changes, reversal, { reference, metadata: undefined, part: null });
  keep(changes, intent.id, { source: id, transaction: restored.id, reason: null });
}

function keep(changes: ChangeSet, id: string, attempt: TaxAttempt): void {
  changes.patch('paymentIntent', id, { taxAttempts: [...changes.rows.get('paymentIntent', id).taxAttempts, attempt] });
}
