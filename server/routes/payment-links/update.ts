import { loadTaxFacts } from '../../../db/checkout';
import { byKey, loadMatching } from '../../../db/matching';
import { loadWithNamed } from '../../../db/named-facts';
import { loadRedeemable } from '../../../db/redemptions';
import { updatePaymentLink } from '../../../domain/checkout/payment-links';
import { namedByLink, namedIn, referencesOf } from '../../checkout/references';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { checkReferences, experimentNamed } from '../../writes/references';
import { merged } from '../../writes/named-rows';
import { checkAfterCompletion, UNSUPPORTED, updateShape } from './schemas';

/**
 * Changes a payment link: whether it is active, its quantities, and what follows a purchase. Sessions that it has opened do not change.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const updatePaymentLinkOperation = operation({
  method: 'post',
  path: '/v1/payment_links/:payment_link',
  summary: 'Update a payment link',
  tag: 'Payment links',
  parameters: parameters(updateShape),
  shows: 'paymentLink',
  unsupported: [
    ...UNSUPPORTED,
    'automatic_tax',
    'billing_address_collection',
    'customer_creation',
    'payment_intent_data',
    'payment_method_collection',
    'submit_type',
    'subscription_data',
  ].filter((name) => !/^(automatic_tax|payment_intent_data|subscription_data)\[/.test(name)),
  async handle(request) {
    const { scope, parameters: params } = request;
    checkAfterCompletion(params);
    const offered = { optional_items: params.optional_items ?? undefined };
    await checkReferences(request, [...referencesOf(offered), ...experimentNamed(params.experiment)]);
    const link = await request.find('paymentLink', request.pathId('payment_link'));
    await request.change({
      step: 'updatePaymentLink',
      customer: null,
      subject: link.id,
      load: async (tx) => {
        const rows = await loadTaxFacts(tx, scope);
        rows.putAll(
          await loadWithNamed(tx, scope, { customer: null, named: merged(namedByLink(link), namedIn(offered)), load: loadRedeemable }),
        );
        rows.putAll(await loadMatching(tx, scope, [byKey('paymentLink', link.id)]));
        return rows;
      },
      plan: (changes) => {
        present(changes, 'paymentLink', link.id);
        updatePaymentLink(changes, link.id, params);
      },
    });
    return { kind: 'paymentLink', key: link.id };
  },
});
