import { BillingError } from '../../../domain/core/errors';
import { capturePaymentUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';

/**
 * Captures a charge's authorization through its payment intent, all of it or a part; the rest is released.
 *
 * @throws BillingError resource_missing, parameter_invalid, charge_already_captured, payment_intent_unexpected_state, amount_too_large, lock_timeout
 */
export const captureCharge = operation({
  method: 'post',
  path: '/v1/charges/:charge/capture',
  summary: 'Capture a charge',
  tag: 'Charges',
  parameters: parameters({ amount: integer({ min: 1 }).optional() }),
  shows: 'charge',
  through: 'workflow',
  stored: ({ amount }) => (amount === undefined ? {} : { amount_to_capture: amount }),
  unsupported: [
    'application_fee',
    'application_fee_amount',
    'receipt_email',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_data',
    'transfer_group',
  ],
  async handle(request) {
    const { id, captured, customer, paymentIntent, amount } = await request.find('charge', request.pathId('charge'));
    if (captured) throw new BillingError('charge_already_captured', `Charge ${id} has already been captured.`);
    if ((request.parameters.amount ?? amount) > amount) {
      throw new BillingError('amount_too_large', `The amount to capture is greater than the ${String(amount)} that were authorized.`, {
        param: 'amount',
      });
    }
    await request.changeThroughWorkflow({ kind: 'payment', subject: paymentIntent, customer }, capturePaymentUpdate);
    return { kind: 'charge', key: id };
  },
});
