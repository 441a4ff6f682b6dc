import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** The watch over one customer's usage and credit. Ends where there is nothing to watch; the next usage begins it again. */
export const usageWorkflow = entityWorkflow('usage', {
  updates: {},
  agenda: {
    lookAtUsage: record, //         usage was sent ahead of its time
    triggerAlert: record, //        usage or spend has come to what an alert tells of
    billLateUsage: record, //       usage that came after its subscription had ended
    expireCreditGrant: record, //   what is left of a grant is booked
    topUpCredits: record, //        too little credit is left: more is bought, by an invoice of its own
    holdTopUp: record, //           the month's limit is reached
  },
  calls: {},
});
