/** What a dispute does to the subscriptions of its invoice: the account's settings, once at each stage of the dispute. */
import type { ChangeSet } from '../core/change-set';
import { takesMoney } from '../payment/dispute-closing';
import { settingsOf, type DisputePolicy, type DisputeSettings } from '../rows/account';
import type { Dispute } from '../rows/dispute';
import { subscriptionsOf } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { DisputeStage, Subscription } from '../rows/subscription';
import { scheduleCancellation } from './cancel-at';
import { endSubscription } from './cancellation';

interface Due {
  dispute: Dispute;
  stage: DisputeStage['stage'];
}

/** The dispute, and its stage, for which the account's settings are still to be applied. */
export function disputeToActOn(rows: Rows, subscription: Subscription): Due | undefined {
  if (!rows.find('account', subscription.account)) return undefined;
  for (const dispute of rows.all('dispute')) {
    const stage = nextStage(dispute, subscription.disputeStages[dispute.id]?.stage);
    if (stage !== null && concerns(rows, dispute, subscription.id)) return { dispute, stage };
  }
  return undefined;
}

/** One after the other: what is lost was opened before. A dispute that is won matters only if it has done something. */
function nextStage(dispute: Dispute, reached: DisputeStage['stage'] | undefined): DisputeStage['stage'] | null {
  if (dispute.status === 'won') return reached === 'opened' || reached === 'lost' ? 'won' : null;
  if (!takesMoney(dispute)) return null;
  if (reached === undefined) return 'opened';
  return dispute.status === 'lost' && reached === 'opened' ? 'lost' : null;
}

/** Whether the disputed payment was of an invoice of the subscription. An invoice that is not among the facts is the subscription's own. */
function concerns(rows: Rows, { charge, paymentIntent }: Dispute, subscription: string): boolean {
  const payments = rows.where('invoicePayment', (payment) => payment.paymentIntent === paymentIntent && payment.status !== 'canceled');
  const paid = [rows.find('charge', charge)?.invoice ?? null, ...payments.map(({ invoice }) => invoice)];
  const invoices = paid.map((id) => rows.find('invoice', id)).filter((invoice) => invoice !== undefined);
  return invoices.length === 0 || invoices.some((invoice) => subscriptionsOf(invoice).includes(subscription));
}

/** Applies the account's settings for a customer who disputes a charge. What they have done is undone if the dispute is won, where they say so. */
export function actOnDispute(changes: ChangeSet, subscription: Subscription): void {
  const due = disputeToActOn(changes.rows, subscription);
  if (!due) return;
  const { disputes } = settingsOf(changes.rows.get('account', subscription.account), subscription);
  const before = subscription.disputeStages[due.dispute.id]?.did ?? 'none';
  const did =
    due.stage === 'won' ? undo(changes, subscription, { before, disputes }) : apply(changes, subscription, policyOf(disputes, due.stage));
  const kept = did === 'none' && due.stage === 'lost' ? before : did;
  const disputeStages = { ...subscription.disputeStages, [due.dispute.id]: { stage: due.stage, did: kept } };
  changes.patch('subscription', subscription.id, { disputeStages });
  if (did !== 'none') changes.outcome = `${due.dispute.id} is ${due.stage}: ${did.replaceAll('_', ' ')}`;
}

const policyOf = ({ subscription, subscription_when_lost: whenLost }: DisputeSettings, stage: 'lost' | 'opened'): DisputePolicy =>
  stage === 'opened' ? subscription : whenLost;

/** @returns what has changed: a subscription that is paused, or ends already, stays as it is */
function apply(
  changes: ChangeSet,
  { id, cancelAt, cancellationDetails, pauseCollection }: Subscription,
  policy: DisputePolicy,
): DisputePolicy {
  switch (policy) {
    case 'none':
      return 'none';
    case 'cancel':
      endSubscription(changes, id, { reason: 'payment_disputed' });
      return policy;
    case 'cancel_at_period_end':
      if (cancelAt !== null) return 'none';
      scheduleCancellation(changes, id, { cancel_at_period_end: true, proration_behavior: 'none', path: { subscription: id } });
      changes.patch('subscription', id, { cancellationDetails: { ...cancellationDetails, reason: 'payment_disputed' } });
      return policy;
    case 'pause_collection':
      if (pauseCollection !== null) return 'none';
      changes.patch('subscription', id, { pauseCollection: { behavior: 'keep_as_draft', resumes_at: null } });
      return policy;
  }
}

/** Only what the dispute has done, and nobody has changed since. */
function undo(
  changes: ChangeSet,
  { id, cancelAtPeriodEnd, pauseCollection }: Subscription,
  { before, disputes }: { before: DisputePolicy | 'resumed'; disputes: DisputeSettings },
): DisputePolicy | 'resumed' {
  if (disputes.subscription_when_won !== 'resume') return 'none';
  if (before === 'pause_collection' && pauseCollection !== null) {
    changes.patch('subscription', id, { pauseCollection: null });
    return 'resumed';
  }
  if (before !== 'cancel_at_period_end' || !cancelAtPeriodEnd) return 'none';
  scheduleCancellation(changes, id, { cancel_at_period_end: false, proration_behavior: 'none', path: { subscription: id } });
  return 'resumed';
}
