import type { PaymentIntent, TaxAttempt } from '../../../domain/rows/payment-intent';
import { BillingError } from '../../../domain/core/errors';
import { taxAssociation, type WireTaxAssociation } from '../../../objects/shapes/tax-association';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';

/**
 * Finds what was recorded of a payment intent's tax calculation: a transaction when it was paid, a reversal for each refund.
 *
 * @throws BillingError resource_missing, also if the intent has no calculation
 */
export const findTaxAssociation = operation({
  method: 'get',
  path: '/v1/tax/associations/find',
  summary: 'Find a tax association',
  tag: 'Tax calculations',
  parameters: parameters({ payment_intent: id() }),
  answer: taxAssociation,
  async handle(request) {
    const intent = await request.find('paymentIntent', request.parameters.payment_intent, 'payment_intent');
    return { body: associationOf(intent) };
  },
});

function associationOf({ id: intent, taxCalculation: calculation, taxAttempts: attempts }: PaymentIntent): WireTaxAssociation {
  if (calculation === null) {
    throw new BillingError('resource_missing', `No tax calculation is linked to the payment intent ${intent}.`, {
      param: 'payment_intent',
    });
  }
  return {
    id: `taxa_${intent.replace(/^pi_/, '')}`,
    object: 'tax.association',
    calculation,
    payment_intent: intent,
    tax_transaction_attempts: attempts.map(shown),
  };
}

function shown({ source, transaction, reason }: TaxAttempt): WireTaxAssociation['tax_transaction_attempts'][number] {
  if (transaction !== null) return { committed: { transaction }, source, status: 'committed' };
  return { errored: { reason: reason ?? 'calculation_expired' }, source, status: 'errored' };
}
