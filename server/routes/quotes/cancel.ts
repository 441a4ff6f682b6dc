import { cancelQuote as endQuote } from '../../../domain/quote/acceptance';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { loadQuoteFacts } from './lines';

/**
 * Cancels a draft or an open quote.
 *
 * @throws BillingError resource_missing, quote_unexpected_state
 */
export const cancelQuote = operation({
  method: 'post',
  path: '/v1/quotes/:quote/cancel',
  summary: 'Cancel a quote',
  tag: 'Quotes',
  parameters: parameters({}),
  shows: 'quote',
  handle: async (request) => {
    const { id: quote, customer } = await request.find('quote', request.pathId('quote'));
    await request.change({
      step: 'cancelQuote',
      customer,
      subject: quote,
      load: (tx) => loadQuoteFacts(tx, request.scope, { quote, customer }),
      plan: (changes) => {
        endQuote(changes, quote);
      },
    });
    return { kind: 'quote', key: quote };
  },
});
