import { loadTaxFacts } from '../../../db/checkout';
import { loadWithNamed } from '../../../db/named-facts';
import { loadRedeemable } from '../../../db/redemptions';
import { loadRows } from '../../../db/related';
import { createPaymentLink } from '../../../domain/checkout/payment-links';
import { namedIn, referencesOf } from '../../checkout/references';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { checkReferences, experimentNamed } from '../../writes/references';
import { checkTerms } from '../checkout-sessions/rules';
import { checkAfterCompletion, createShape, UNSUPPORTED } from './schemas';

interface Lines {
  line_items: { price?: string | undefined; price_data?: { recurring?: object | undefined } | undefined }[];
}

/**
 * Makes an address at which every visitor gets a checkout session with these lines.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, amount_too_large
 */
export const createPaymentLinkOperation = operation({
  method: 'post',
  path: '/v1/payment_links',
  summary: 'Create a payment link',
  tag: 'Payment links',
  parameters: parameters(createShape),
  shows: 'paymentLink',
  unsupported: [...UNSUPPORTED, 'line_items[][dynamic_tax_rates]', 'managed_payments'],
  async handle(request) {
    const { scope, parameters: given } = request;
    const params = { ...given, mode: await modeOf(request) };
    checkAfterCompletion(params);
    checkTerms(params);
    await checkReferences(request, [...referencesOf(params), ...experimentNamed(params.experiment)]);
    await request.change({
      step: 'createPaymentLink',
      customer: null,
      load: async (tx) => {
        const rows = await loadTaxFacts(tx, scope);
        rows.putAll(await loadWithNamed(tx, scope, { customer: null, named: namedIn(params), load: loadRedeemable }));
        return rows;
      },
      plan: (changes) => {
        createPaymentLink(changes, params, request.origin);
      },
    });
    return { kind: 'paymentLink', key: request.newId('plink') };
  },
});

/** A recurring price makes it a subscription. */
async function modeOf({ deps, scope, parameters: { line_items: lines } }: ApiRequest<Lines>): Promise<'payment' | 'subscription'> {
  const named = lines.flatMap(({ price }) => price ?? []);
  const prices = (await loadRows(deps.sql, 'price', scope, named)).all('price');
  const recurs = lines.some(({ price_data: data }) => data?.recurring !== undefined) || prices.some(({ type }) => type === 'recurring');
  return recurs ? 'subscription' : 'payment';
}
