import { updateQuote as changeQuote } from '../../../domain/quote/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { checkLines, loadQuoteFacts, referencesOf } from './lines';
import { changedData, changedLines, settingsShape, UNSUPPORTED } from './schemas';

/**
 * Changes a draft; on an open quote only the expiry can change. `line_items` is the complete new list: missing lines are removed.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, coupon_expired,
 * too_many_items, amount_too_large, quote_unexpected_state
 */
export const updateQuote = operation({
  method: 'post',
  path: '/v1/quotes/:quote',
  summary: 'Update a quote',
  tag: 'Quotes',
  parameters: parameters({ ...settingsShape, line_items: changedLines().optional(), subscription_data: changedData().optional() }),
  shows: 'quote',
  unsupported: UNSUPPORTED,
  handle: async (request) => {
    const { scope, parameters: params } = request;
    const { id: quote, customer: before } = await request.find('quote', request.pathId('quote'));
    const customer = before ?? params.customer ?? null;
    checkLines(params);
    await checkReferences(request, referencesOf(params));
    await request.change({
      step: 'updateQuote',
      asksTaxProvider: true,
      customer,
      subject: quote,
      load: (tx) => loadQuoteFacts(tx, scope, { quote, customer, params }),
      plan: (changes) => {
        changeQuote(changes, quote, params);
      },
    });
    return { kind: 'quote', key: quote };
  },
});
