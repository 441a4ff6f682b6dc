import { bookDisputedInvoices } from '../credit-note/refunds-apart';
import { draftEvidence } from '../evidence/draft';
import { answerDispute, planAnswer } from '../payment/dispute-answers';
import { warnOfRates } from '../payment/dispute-rates';
import { decideDispute, expireDispute, recordClosing } from '../payment/dispute-decisions';
import { closeDispute, recordSubmission, updateDispute } from '../payment/dispute-requests';
import { recordDisputedTax } from '../payment/tax-hooks';
import type { AnyStep, StepInput } from '../core/steps';
import type { ChangeSet } from '../core/change-set';

/** The decision, and then the invoices in the books, and the tax of a payment without an invoice. */
const booked =
  (plan: (changes: ChangeSet, input: StepInput) => void) =>
  (changes: ChangeSet, input: StepInput): void => {
    plan(changes, input);
    bookDisputedInvoices(changes, input);
    recordDisputedTax(changes, changes.rows.get('dispute', input.subject));
  };

export const disputeSteps: Record<string, AnyStep> = {
  updateDispute: { plan: updateDispute },
  closeDispute: { plan: closeDispute },
  planAnswer: { plan: planAnswer },
  draftEvidence: {
    plan: (changes, input) => {
      draftEvidence(changes, input);
      warnOfRates(changes, input);
    },
  },
  answerDispute: { plan: answerDispute },
  recordSubmission: { plan: recordSubmission },
  recordClosing: { plan: booked(recordClosing) },
  decideDispute: { plan: booked(decideDispute) },
  expireDispute: { plan: booked(expireDispute) },
};
