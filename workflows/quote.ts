import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** One quote that is for a customer. Ends with its expiry, with its cancellation or when it is accepted. */
export const quoteWorkflow = entityWorkflow('quote', {
  updates: {},
  agenda: { expireQuote: record },
  calls: {},
});
