import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** One checkout session. Ends when it is paid, its debit or its capture is decided, or it expires. */
export const checkoutWorkflow = entityWorkflow('checkout', {
  updates: {},
  agenda: {
    completeSession: record,
    settleSession: record, // the buyer's bank has decided, or the seller has captured or released
    expireSession: record,
  },
  calls: {},
});
