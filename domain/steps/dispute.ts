import { bookDisputedInvoices } from '../credit-note/refunds-apart';
import { decideDispute, expireDispute, recordClosing } from '../payment/dispute-decisions';
import { closeDispute, recordSubmission, updateDispute } from '../payment/dispute-requests';
import type { AnyStep, StepInput } from '../core/steps';
import type { ChangeSet } from '../core/change-set';

/** The decision, and then the invoices in the books. */
const booked =
  (plan: (changes: ChangeSet, input: StepInput) => void) =>
  (changes: ChangeSet, input: StepInput): void => {
    plan(changes, input);
    bookDisputedInvoices(changes, input);
  };

export const disputeSteps: Record<string, AnyStep> = {
  updateDispute: { plan: updateDispute },
  closeDispute: { plan: closeDispute },
  recordSubmission: { plan: recordSubmission },
  recordClosing: { plan: booked(recordClosing) },
  decideDispute: { plan: booked(decideDispute) },
  expireDispute: { plan: booked(expireDispute) },
};
