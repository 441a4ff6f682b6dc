import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** Watches one customer's usage and credit. Ends if there is nothing to watch; the next usage starts it again. */
export const usageWorkflow = entityWorkflow('usage', {
  updates: {},
  agenda: {
    lookAtUsage: record, //         usage is dated in the future
    triggerAlert: record, //        usage or spend has reached an alert
    billLateUsage: record, //       usage arrived after its subscription had ended
    expireCreditGrant: record, //   books the rest of an expired grant
    topUpCredits: record, //        too little credit is left: buys more, on its own invoice
    holdTopUp: record, //           the month's limit is reached
  },
  calls: {},
});
