import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** One quote with a customer. Ends when it expires, is canceled or is accepted. */
export const quoteWorkflow = entityWorkflow('quote', {
  updates: {},
  agenda: { expireQuote: record },
  calls: {},
});
