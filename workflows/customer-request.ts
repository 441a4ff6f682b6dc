import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** What a customer asks for by law. It starts at the deadline, and tells who answers; or nothing, if somebody has answered. */
export const customerRequestWorkflow = entityWorkflow('customer-request', {
  updates: {},
  agenda: { missRequest: record },
  calls: {},
});
