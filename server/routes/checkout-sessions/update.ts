import { namedIn, referencesOf } from '../../checkout/references';
import { revise } from '../../checkout/revise';
import { BillingError } from '../../../domain/core/errors';
import type { Revision } from '../../../domain/checkout/revision';
import type { CheckoutSession } from '../../../domain/rows/checkout-session';
import type { Shipping } from '../../../domain/rows/resource';
import { operation } from '../../http/operation';
import { emptyable, metadata, parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { shippingOptions } from './collected';
import { checkLines, checkShipping } from './rules';
import { linesInArm } from './assignment';
import { changedLines, collectedInformation, UNSUPPORTED_CHANGES } from './schemas';

const schema = parameters({
  collected_information: collectedInformation().optional(),
  line_items: changedLines().optional(),
  metadata: metadata().optional(),
  shipping_options: emptyable(shippingOptions()).optional(),
});
type Parameters = (typeof schema)['_output'];

/**
 * Changes what an open session sells and how it is delivered, and prices it again. `line_items` and `shipping_options` are complete new lists: a
 * line is kept by its `id`, and what is missing is removed. A page that still shows the earlier amount charges nothing more than that. `metadata`
 * can change in every status.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, too_many_items,
 * amount_too_large, checkout_session_unexpected_state
 */
export const updateCheckoutSession = operation({
  method: 'post',
  path: '/v1/checkout/sessions/:session',
  summary: 'Update a checkout session',
  tag: 'Checkout',
  parameters: schema,
  shows: 'checkoutSession',
  unsupported: UNSUPPORTED_CHANGES,
  async handle(request) {
    const { metadata: notes, line_items: given, shipping_options } = request.parameters;
    const session = await request.find('checkoutSession', request.pathId('session'));
    check(session, request.parameters);
    const line_items = given && (await linesInArm(request, session, given));
    const named = { line_items, shipping_options };
    await checkReferences(request, referencesOf({ line_items: given, shipping_options }));
    const revision = revisionOf({ ...request.parameters, line_items });
    const isRevised = Object.keys(revision).length > 0;
    await revise(request, session, { ...(isRevised ? { revision, named: namedIn(named) } : {}), metadata: notes });
    return { kind: 'checkoutSession', key: session.id };
  },
});

function check({ mode }: CheckoutSession, params: Parameters): void {
  const { line_items: lines, shipping_options: options } = params;
  const foreign = foreignTo(mode, params);
  if (foreign !== undefined) {
    throw new BillingError('parameter_invalid', `You can not pass \`${foreign}\` in \`${mode}\` mode.`, { param: foreign });
  }
  if (lines?.length === 0) throw new BillingError('parameter_missing', 'Missing required param: line_items.', { param: 'line_items' });
  if (lines) checkLines({ mode, line_items: lines });
  checkShipping(options);
}

function foreignTo(mode: CheckoutSession['mode'], params: Parameters): string | undefined {
  if (mode === 'setup' && params.line_items) return 'line_items';
  if (mode !== 'payment' && params.shipping_options) return 'shipping_options';
  return mode === 'setup' && params.collected_information?.shipping_details ? 'collected_information[shipping_details]' : undefined;
}

function revisionOf({ line_items: lines, shipping_options: options, collected_information: collected }: Parameters): Revision {
  const shipping = collected?.shipping_details;
  return {
    ...(lines ? { lines } : {}),
    ...(options === undefined ? {} : { shippingOptions: options ?? [] }),
    ...(shipping ? { shipping: shippingDetails(shipping) } : {}),
  };
}

function shippingDetails({ name, address }: NonNullable<NonNullable<Parameters['collected_information']>['shipping_details']>): Shipping {
  const { city = null, country, line1, line2 = null, postal_code = null, state = null } = address;
  return { name, phone: null, address: { city, country, line1, line2, postal_code, state } };
}
