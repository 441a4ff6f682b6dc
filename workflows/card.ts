import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** One card. It is started when its customer is to be told that it expires, and ends after that. */
export const cardWorkflow = entityWorkflow('card', {
  updates: {},
  agenda: { warnOfExpiry: record },
  calls: {},
});
