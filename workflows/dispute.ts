import { acceptDispute, submitEvidence } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCall } from './lifecycle';

/** One chargeback: evidence, its deadline, submission, outcome, and what that does to the subscription. Ends with the outcome. */
export const disputeWorkflow = entityWorkflow('dispute', {
  updates: { updateDispute: thenCall, closeDispute: thenCall },
  agenda: {
    expireDispute: record, //   nobody has answered in time: lost
    decideDispute: record, //   the bank has judged
  },
  calls: { submitEvidence, closeDispute: acceptDispute },
});
