import { namedIn, referencesOf } from '../../checkout/references';
import { revise } from '../../checkout/revise';
import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { metadata, parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { checkLines } from './rules';
import { changedLines, UNSUPPORTED_CHANGES } from './schemas';

/**
 * Changes what an open session sells, and prices it again. `line_items` is the complete new list: a line is kept by its `id`, and missing lines
 * are removed. A page that still shows the earlier amount charges nothing more than that. `metadata` can change in every status.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, too_many_items,
 * amount_too_large, checkout_session_unexpected_state
 */
export const updateCheckoutSession = operation({
  method: 'post',
  path: '/v1/checkout/sessions/:session',
  summary: 'Update a checkout session',
  tag: 'Checkout',
  parameters: parameters({ line_items: changedLines().optional(), metadata: metadata().optional() }),
  shows: 'checkoutSession',
  unsupported: UNSUPPORTED_CHANGES,
  async handle(request) {
    const { line_items: lines, metadata: notes } = request.parameters;
    const session = await request.find('checkoutSession', request.pathId('session'));
    if (lines === undefined) await revise(request, session, { metadata: notes });
    else {
      const { mode } = session;
      if (mode === 'setup') {
        throw new BillingError('parameter_invalid', 'You can not pass `line_items` in `setup` mode.', { param: 'line_items' });
      }
      if (lines.length === 0) throw new BillingError('parameter_missing', 'Missing required param: line_items.', { param: 'line_items' });
      checkLines({ mode, line_items: lines });
      await checkReferences(request, referencesOf({ line_items: lines }));
      await revise(request, session, { revision: { lines }, metadata: notes, named: namedIn({ line_items: lines }) });
    }
    return { kind: 'checkoutSession', key: session.id };
  },
});
