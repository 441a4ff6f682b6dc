import { loadTaxFacts } from '../../../db/checkout';
import { configurationFor, loadMatching } from '../../../db/matching';
import { loadWithNamed } from '../../../db/named-facts';
import { loadRedeemable } from '../../../db/redemptions';
import { createSession } from '../../../domain/checkout/creation';
import { brandingFor } from '../../branding/load';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { chosenBranding } from '../../schemas/branding';
import { checkReferences } from '../../writes/references';
import { namedIn, referencesOf } from '../../checkout/references';
import { merged } from '../../writes/named-rows';
import { assignmentFor } from './assignment';
import { checkSession } from './rules';
import { createShape, UNSUPPORTED } from './schemas';

/**
 * Opens a checkout: a page on which a buyer pays, subscribes or leaves a card. Nothing is charged, and nothing else made, before the buyer
 * confirms.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, coupon_expired,
 * too_many_items, amount_too_large
 */
export const createCheckoutSession = operation({
  method: 'post',
  path: '/v1/checkout/sessions',
  summary: 'Create a checkout session',
  tag: 'Checkout',
  parameters: parameters(createShape),
  shows: 'checkoutSession',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const { deps, scope, parameters: given } = request;
    checkSession(given);
    const { branding_settings: look, ...terms } = given;
    const params = { ...terms, branding: await brandingFor(deps.sql, scope, look && chosenBranding(look)) };
    await checkReferences(request, referencesOf(params));
    const { customer = null } = params;
    const assigned = await assignmentFor(request, params);
    await request.change({
      step: 'createCheckoutSession',
      customer,
      asksTaxProvider: true,
      load: async (tx) => {
        const rows = await loadTaxFacts(tx, scope);
        rows.putAll(await loadMatching(tx, scope, [configurationFor(params.payment_method_configuration)]));
        rows.putAll(
          await loadWithNamed(tx, scope, { customer, named: merged(namedIn(params), { price: assigned.prices }), load: loadRedeemable }),
        );
        rows.putAll(await assigned.load(tx));
        return rows;
      },
      plan: (changes) => void createSession(changes, assigned.applied(changes), request.origin),
    });
    return { kind: 'checkoutSession', key: request.newId(scope.livemode ? 'cs_live' : 'cs_test') };
  },
});
