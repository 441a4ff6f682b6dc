import { acceptDispute, submitEvidence } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCall } from './lifecycle';

/** One chargeback: evidence, its deadline, submission, outcome, and the effects on the subscription. Ends with the outcome. */
export const disputeWorkflow = entityWorkflow('dispute', {
  updates: { updateDispute: thenCall, closeDispute: thenCall },
  agenda: {
    expireDispute: record, //   no answer came in time: lost
    decideDispute: record, //   the bank has decided
  },
  calls: { submitEvidence, closeDispute: acceptDispute },
});
