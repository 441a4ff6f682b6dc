import { bookRefundOfInvoices } from '../credit-note/refunds-apart';
import { recordRefundedTax } from '../payment/tax-hooks';
import { cancelRefund, createRefund, recordRefund, sendWaitingRefund, settleRefund } from '../payment/refunds';
import type { AnyStep, StepInput } from '../core/steps';
import type { ChangeSet } from '../core/change-set';

/** The refund, and then its invoices in the books, and its tax. */
const booked =
  <Input extends StepInput>(plan: (changes: ChangeSet, input: Input) => void) =>
  (changes: ChangeSet, input: Input): void => {
    plan(changes, input);
    bookRefundOfInvoices(changes, input);
    recordRefundedTax(changes, changes.rows.get('refund', input.subject));
  };

export const refundSteps: Record<string, AnyStep> = {
  createRefund: { plan: createRefund },
  recordRefund: { plan: booked(recordRefund) },
  sendWaitingRefund: { plan: sendWaitingRefund },
  settleRefund: { plan: booked(settleRefund) },
  cancelRefund: { plan: booked(cancelRefund) },
};
