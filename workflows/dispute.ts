import { acceptDispute, submitEvidence } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCall } from './lifecycle';

/** One chargeback: drafted evidence, a person's answer or the policy's, the bank's deadline, submission, outcome, and the effects on the subscription. Ends with the outcome. */
export const disputeWorkflow = entityWorkflow('dispute', {
  updates: { updateDispute: thenCall, closeDispute: thenCall, planAnswer: record },
  agenda: {
    draftEvidence: record, //   it has just begun
    answerDispute: thenCall, // nobody has answered: the account's policy
    expireDispute: record, //   no answer came in time: lost
    decideDispute: record, //   the bank has decided
  },
  calls: { submitEvidence, closeDispute: acceptDispute },
});
