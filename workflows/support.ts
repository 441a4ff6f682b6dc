import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** A customer's question that waits for its answer. Ends when it is answered, closed or late; the customer's next message starts it again. */
export const supportWorkflow = entityWorkflow('support', {
  updates: {},
  agenda: { missAnswer: record },
  calls: {},
});
