/**
 * Chargebacks. A bank that takes back a charge of 1200 withdraws 1215, the amount and a fee of 15.00, until it has decided. An inquiry only
 * asks, and moves no money.
 */
import { bookWithdrawal } from './balance';
import { invoiceOf } from './intents';
import type { Charge } from '../rows/charge';
import type { Customer } from '../rows/customer';
import type { Dispute } from '../rows/dispute';
import type { Aftermath } from '../rows/payment-attempt';
import type { ChangeSet } from '../core/change-set';
import { closeReview, settleWarnings, warn } from './review-endings';
import { wakeSubscriptionsOf } from '../core/wakes';

const DAY = 86_400;
/** The sandbox's bank accepts answers until the last second of the UTC day this many days ahead. */
const RESPOND_WITHIN_DAYS = 8;

export interface NewDispute {
  amount: number;
  reason: string;
  networkReasonCode: string | null;
  inquiry: boolean;
}

/** The disputes or the warning that a sandbox card or account causes for its charge. */
export function followAftermath(changes: ChangeSet, charge: Charge, aftermath: Aftermath): void {
  if (aftermath === 'early_fraud_warning') return warn(changes, charge, 'misc');
  for (const dispute of disputesOf(charge, aftermath)) openDispute(changes, charge.id, dispute);
}

/** Opens a chargeback (or inquiry) of a charge, withdraws its funds, and wakes its subscription. */
export function openDispute(changes: ChangeSet, chargeId: string, { inquiry, ...of }: NewDispute): Dispute {
  const charge = changes.rows.get('charge', chargeId);
  const resource = changes.resource('du');
  const dispute = changes.put('dispute', {
    ...resource,
    ...of,
    customer: charge.customer,
    charge: charge.id,
    paymentIntent: charge.paymentIntent,
    currency: charge.currency,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
    isChargeRefundable: inquiry,
    evidence: evidenceFrom(charge, changes.rows.find('customer', charge.customer)),
    hasEvidence: false,
    dueBy: (Math.floor(changes.now / DAY) + RESPOND_WITHIN_DAYS + 1) * DAY - 1,
    submittedAt: null,
    submissionCount: 0,
    decidesAt: null,
    closedAt: null,
    keepsTax: null,
    balanceTransactions: [],
    paymentMethodDetails: { card: charge.paymentMethodDetails.card },
    gatewayReference: resource.id,
    pendingCall: null,
    metadata: {},
  });
  const disputed = changes.patch('charge', charge.id, { disputed: true, dispute: charge.dispute ?? dispute.id });
  if (!inquiry) {
    const movement = bookWithdrawal(changes, dispute, disputed);
    changes.patch('dispute', dispute.id, { balanceTransactions: [movement.id] });
  }
  closeReview(changes, charge.id, 'disputed');
  changes.emit('charge.dispute.created', 'dispute', dispute.id);
  if (!inquiry) changes.emit('charge.dispute.funds_withdrawn', 'dispute', dispute.id);
  settleWarnings(changes, charge.id);
  changes.wake('dispute', dispute.id, { customer: charge.customer });
  // The subscription's workflow applies the account's policy for disputes; it reads the dispute's row.
  const invoice = invoiceOf(changes.rows, { id: charge.paymentIntent, invoice: charge.invoice });
  if (!inquiry) wakeSubscriptionsOf(changes, changes.rows.find('invoice', invoice));
  return changes.rows.get('dispute', dispute.id);
}

/** Evidence that is known already, under Stripe's field names. */
function evidenceFrom({ billingDetails, description, receiptEmail }: Charge, customer: Customer | undefined): Dispute['evidence'] {
  const known = {
    customer_email_address: billingDetails.email ?? customer?.email ?? receiptEmail,
    customer_name: billingDetails.name ?? customer?.name,
    product_description: description,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => typeof value === 'string'));
}

function disputesOf({ amount }: Charge, aftermath: Exclude<Aftermath, 'early_fraud_warning'>): NewDispute[] {
  const fraudulent = { reason: 'fraudulent', networkReasonCode: '10.4', inquiry: false };
  switch (aftermath) {
    case 'dispute_fraudulent':
      return [{ ...fraudulent, amount }];
    // The holder's bank gives a debit back without asking why.
    case 'debit_returned':
      return [{ reason: 'debit_not_authorized', networkReasonCode: null, inquiry: false, amount }];
    case 'dispute_product_not_received':
      return [{ reason: 'product_not_received', networkReasonCode: '13.1', inquiry: false, amount }];
    case 'dispute_inquiry':
      return [{ reason: 'general', networkReasonCode: null, inquiry: true, amount }];
    case 'dispute_noncompliant':
      return [{ reason: 'noncompliant', networkReasonCode: null, inquiry: false, amount }];
    case 'dispute_multiple': {
      const first = Math.ceil(amount / 2);
      return [first, amount - first].filter((part) => part > 0).map((part) => ({ ...fraudulent, amount: part }));
    }
  }
}
