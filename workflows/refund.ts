import { resolveRefund, sendRefund } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCall } from './lifecycle';

/** One refund: sent, pending, settled. Ends when it has succeeded for good, failed or been canceled. */
export const refundWorkflow = entityWorkflow('refund', {
  updates: { createRefund: thenCall, cancelRefund: record },
  agenda: {
    sendWaitingRefund: thenCall, // its processor has been resumed
    settleRefund: record, //        the bank has settled it, or sent it back
  },
  calls: { sendRefund, resolveRefund },
});
