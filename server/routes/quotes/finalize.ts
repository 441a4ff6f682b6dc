import { finalizeQuote as openQuote } from '../../../domain/quote/acceptance';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { loadQuoteFacts } from './lines';

/**
 * Finalizes a draft: it gets its number, and can be accepted until it expires.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, quote_unexpected_state
 */
export const finalizeQuote = operation({
  method: 'post',
  path: '/v1/quotes/:quote/finalize',
  summary: 'Finalize a quote',
  tag: 'Quotes',
  parameters: parameters({ expires_at: timestamp().optional() }),
  shows: 'quote',
  handle: async (request) => {
    const { id: quote, customer } = await request.find('quote', request.pathId('quote'));
    await request.change({
      step: 'finalizeQuote',
      asksTaxProvider: true,
      customer,
      subject: quote,
      load: (tx) => loadQuoteFacts(tx, request.scope, { quote, customer }),
      plan: (changes) => {
        openQuote(changes, quote, request.parameters);
      },
    });
    return { kind: 'quote', key: quote };
  },
});
