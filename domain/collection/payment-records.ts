/**
 * Payments that were made elsewhere, as callers report them: a bank transfer, cash. Dunlin moves no money for them. The books have a record from
 * the moment when it pays an invoice; a record that is not attached changes nothing.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import { postOutOfBand, postRefundedOutOfBand } from '../invoice/ledger';
import type { InvoicePayment } from '../rows/invoice';
import type { PaymentRecord } from '../rows/payment-record';
import type { Metadata } from '../rows/resource';
import type { Rows } from '../rows/rows';
import { receivePayment } from './receiving';

/** What a caller reports of a new payment. */
export type ReportedPayment = Pick<
  PaymentRecord,
  | 'customer'
  | 'currency'
  | 'amountRequested'
  | 'customerDetails'
  | 'customerPresence'
  | 'description'
  | 'paymentMethodDetails'
  | 'paymentReference'
  | 'shipping'
> & { outcome: 'guaranteed' | 'failed' | null; metadata: Metadata | null | undefined };

/** Puts a record with its first attempt. */
export function reportPayment(changes: ChangeSet, { outcome, metadata, ...of }: ReportedPayment): PaymentRecord {
  return changes.put('paymentRecord', {
    ...changes.resource('pr'),
    ...of,
    ...NO_OUTCOME,
    ...outcomeOf(of.amountRequested, outcome),
    amountRefunded: 0,
    latestAttempt: changes.id('par'),
    metadata: mergeMetadata({}, metadata),
  });
}

const NO_OUTCOME = { status: 'initiated', amountGuaranteed: 0, amountFailed: 0, amountCanceled: 0 } as const;

type Outcome = Pick<PaymentRecord, 'status'> & Partial<Pick<PaymentRecord, 'amountGuaranteed' | 'amountFailed' | 'amountCanceled'>>;

function outcomeOf(amount: number, outcome: 'guaranteed' | 'failed' | 'canceled' | null): Outcome {
  switch (outcome) {
    case 'guaranteed':
      return { status: outcome, amountGuaranteed: amount };
    case 'failed':
      return { status: outcome, amountFailed: amount };
    case 'canceled':
      return { status: outcome, amountCanceled: amount };
    case null:
      return { status: 'initiated' };
  }
}

/** What a new attempt may replace. */
export interface ReportedAttempt {
  outcome: 'guaranteed' | 'failed' | null;
  description?: string | null | undefined;
  paymentMethodDetails?: PaymentRecord['paymentMethodDetails'] | undefined;
  shipping?: PaymentRecord['shipping'] | undefined;
  metadata?: Metadata | null | undefined;
}

/**
 * Reports another attempt, after the one before it has failed or was canceled.
 *
 * @throws BillingError parameter_invalid
 */
export function reportAttempt(changes: ChangeSet, id: string, { outcome, metadata, ...of }: ReportedAttempt): void {
  const record = changes.rows.get('paymentRecord', id);
  if (record.status !== 'failed' && record.status !== 'canceled') throw unexpected(record, 'have another attempt');
  changes.patch('paymentRecord', id, {
    ...omitUndefined(of),
    ...NO_OUTCOME,
    latestAttempt: changes.id('par'),
    metadata: mergeMetadata(record.metadata, metadata),
  });
  if (outcome !== null) reportOutcome(changes, id, { outcome });
}

/**
 * Reports how the latest attempt ended. A guaranteed payment pays the invoice that it is attached to.
 *
 * @throws BillingError parameter_invalid unless the attempt has no outcome yet
 */
export function reportOutcome(
  changes: ChangeSet,
  id: string,
  { outcome, metadata }: { outcome: 'guaranteed' | 'failed' | 'canceled'; metadata?: Metadata | null | undefined },
): void {
  const record = changes.rows.get('paymentRecord', id);
  if (record.status !== 'initiated') throw unexpected(record, `become ${outcome}`);
  changes.patch('paymentRecord', id, { ...outcomeOf(record.amountRequested, outcome), metadata: mergeMetadata(record.metadata, metadata) });
  const payment = recordsPayment(changes.rows, id);
  if (outcome === 'guaranteed' && payment?.status === 'open') receiveRecord(changes, payment, record.amountRequested);
}

/** Changes what describes the payment; its amounts and its outcome stay. */
export function reportInformation(
  changes: ChangeSet,
  id: string,
  {
    metadata,
    ...of
  }: Partial<Pick<PaymentRecord, 'customer' | 'customerDetails' | 'description' | 'shipping'>> & { metadata?: Metadata | null | undefined },
): void {
  const record = changes.rows.get('paymentRecord', id);
  const payment = recordsPayment(changes.rows, id);
  if (of.customer !== undefined && of.customer !== record.customer && payment) {
    const message = `The payment record ${id} pays invoice ${payment.invoice}, so its customer cannot change.`;
    throw new BillingError('parameter_invalid', message, { param: 'customer_details[customer]' });
  }
  changes.patch('paymentRecord', id, { ...omitUndefined(of), metadata: mergeMetadata(record.metadata, metadata) });
}

/**
 * Reports that a guaranteed payment was given back, wholly or in part. The invoice that it paid stays paid: a credit note says what of it is no
 * longer owed.
 *
 * @param amount minor units; all that is left if undefined
 * @throws BillingError parameter_invalid, refund_exceeds_charge
 */
export function reportRefund(
  changes: ChangeSet,
  id: string,
  { amount, metadata }: { amount: number | undefined; metadata?: Metadata | null | undefined },
): void {
  const record = changes.rows.get('paymentRecord', id);
  if (record.status !== 'guaranteed') throw unexpected(record, 'be refunded');
  const left = receivedByRecord(record);
  const refunded = amount ?? left;
  if (refunded > left || left === 0) {
    const message = `Refund amount (${String(refunded)}) is greater than the unrefunded amount of the payment (${String(left)}).`;
    throw new BillingError('refund_exceeds_charge', message, { param: 'amount[value]' });
  }
  changes.patch('paymentRecord', id, {
    amountRefunded: record.amountRefunded + refunded,
    metadata: mergeMetadata(record.metadata, metadata),
  });
  if (recordsPayment(changes.rows, id)) postRefundedOutOfBand(changes, record, refunded);
}

/** What refunds have left of a guaranteed payment. Minor units. */
export const receivedByRecord = ({ amountGuaranteed, amountRefunded }: PaymentRecord): number => amountGuaranteed - amountRefunded;

/** The link to the invoice that the record pays. */
export const recordsPayment = (rows: Rows, record: string): InvoicePayment | undefined =>
  rows.first('invoicePayment', (payment) => payment.paymentRecord === record && payment.status !== 'canceled');

/** Posts the money of a record, and applies it to its invoice. */
export function receiveRecord(changes: ChangeSet, payment: InvoicePayment, amount: number): void {
  postOutOfBand(changes, changes.rows.get('invoice', payment.invoice), amount);
  receivePayment(changes, payment, amount);
}

function unexpected({ id, status }: PaymentRecord, verb: string): BillingError {
  return new BillingError('parameter_invalid', `The payment record ${id} cannot ${verb}, because its latest attempt is ${status}.`, {
    param: 'id',
  });
}
