import { byKey, loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import { newConfirmationToken } from '../../../domain/payment/confirmation-tokens';
import { shippingOf } from '../../../domain/rows/resource';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';
import { httpUrl } from '../../http/text-parameters';
import { methodOf, methodParameters, putMethod } from '../../schemas/payment-intent';
import { shippingDetails } from '../../schemas/shipping';

/**
 * Makes a confirmation token as a page would, in test mode. An intent is confirmed with it once, within half a day.
 *
 * @throws BillingError resource_missing, parameter_missing, parameters_exclusive, parameter_invalid in live mode, and 402 as a payment method does
 */
export const createConfirmationToken = operation({
  method: 'post',
  path: '/v1/test_helpers/confirmation_tokens',
  summary: 'Create a test confirmation token',
  tag: 'Confirmation tokens',
  parameters: parameters({
    ...methodParameters,
    return_url: httpUrl().optional(),
    setup_future_usage: oneOf(['off_session', 'on_session']).optional(),
    shipping: shippingDetails().optional(),
  }),
  shows: 'confirmationToken',
  unsupported: ['payment_method_options'],
  async handle(request) {
    const params = request.parameters;
    if (request.scope.livemode) throw new BillingError('parameter_invalid', 'Test helpers exist in test mode only.');
    onlyOne(params, ['payment_method', 'payment_method_data']);
    const method = await methodOf(request, params);
    if (method === null) {
      throw new BillingError('parameter_missing', 'Missing required param: payment_method_data.', { param: 'payment_method_data' });
    }
    await request.change({
      step: 'createConfirmationToken',
      customer: null,
      load: (tx) => loadMatching(tx, request.scope, 'existing' in method ? [byKey('paymentMethod', method.existing)] : []),
      plan: (changes) => {
        newConfirmationToken(changes, changes.rows.get('paymentMethod', putMethod(changes, method) ?? ''), {
          returnUrl: params.return_url ?? null,
          setupFutureUsage: params.setup_future_usage ?? null,
          shipping: params.shipping ? shippingOf(params.shipping) : null,
        });
      },
    });
    return { kind: 'confirmationToken', key: request.newId('ctoken') };
  },
});
