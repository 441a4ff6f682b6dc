/** What a dispute does to the subscriptions of its invoice: the account's setting. */
import type { ChangeSet } from '../core/change-set';
import { takesMoney } from '../payment/dispute-closing';
import { settingsOf } from '../rows/account';
import type { Dispute } from '../rows/dispute';
import { subscriptionsOf } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { endSubscription } from './cancellation';

/** The dispute for which the account's setting is still to be applied. */
export function disputeToActOn(rows: Rows, subscription: Subscription): Dispute | undefined {
  const account = rows.find('account', subscription.account);
  const policy = account ? settingsOf(account, subscription).disputes.subscription : 'none';
  if (policy === 'none' || subscription.disputedBy !== null) return undefined;
  return rows.first('dispute', (dispute) => takesMoney(dispute) && concerns(rows, dispute, subscription.id));
}

/** Whether the disputed payment was of an invoice of the subscription. An invoice that is not among the facts is the subscription's own. */
function concerns(rows: Rows, { charge, paymentIntent }: Dispute, subscription: string): boolean {
  const payments = rows.where('invoicePayment', (payment) => payment.paymentIntent === paymentIntent && payment.status !== 'canceled');
  const paid = [rows.find('charge', charge)?.invoice ?? null, ...payments.map(({ invoice }) => invoice)];
  const invoices = paid.map((id) => rows.find('invoice', id)).filter((invoice) => invoice !== undefined);
  return invoices.length === 0 || invoices.some((invoice) => subscriptionsOf(invoice).includes(subscription));
}

/** Applies the account's setting for a customer who disputes a charge, so that billing does not continue. */
export function actOnDispute(changes: ChangeSet, subscription: Subscription): void {
  const dispute = disputeToActOn(changes.rows, subscription);
  if (!dispute) return;
  changes.patch('subscription', subscription.id, { disputedBy: dispute.id });
  const policy = settingsOf(changes.rows.get('account', subscription.account), subscription).disputes.subscription;
  if (policy === 'cancel') endSubscription(changes, subscription.id, { reason: 'payment_disputed' });
  else changes.patch('subscription', subscription.id, { pauseCollection: { behavior: 'keep_as_draft', resumes_at: null } });
}
