import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** One checkout session. Ends when it is paid, or expires. */
export const checkoutWorkflow = entityWorkflow('checkout', {
  updates: {},
  agenda: { completeSession: record, expireSession: record },
  calls: {},
});
