import { byKey, byKeys, loadMatching } from '../../../db/matching';
import { updateCreditTopUp } from '../../../domain/credit-top-up/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { rulesOf } from '../../schemas/credit-top-up';
import { money, settingsAsked, settingsShape } from './parameters';

/**
 * Changes what the rule buys from now on, and when. A paused rule stays paused.
 *
 * @throws BillingError resource_missing, parameter_invalid (the limit; another tops up the same), parameter_missing, parameters_exclusive,
 * amount_too_small, amount_too_large, lock_timeout
 */
export const updateCreditTopUpOperation = operation({
  method: 'post',
  path: '/v1/billing/credit_top_ups/:credit_top_up',
  summary: 'Update a credit top-up',
  tag: 'Credits',
  own: true,
  parameters: parameters({
    ...settingsShape,
    amount: money().optional(),
    monthly_limit: money().optional(),
    threshold: money().optional(),
  }),
  shows: 'creditTopUp',
  async handle(request) {
    const { id, customer } = await request.find('creditTopUp', request.pathId('credit_top_up'));
    const { metadata } = request.parameters;
    const change = await settingsAsked(request, request.parameters);
    const method = change.defaultPaymentMethod ?? null;
    await request.change({
      step: 'updateCreditTopUp',
      customer,
      subject: id,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          ...[byKey('customer', customer), rulesOf(customer)],
          byKeys('paymentMethod', method === null ? [] : [method]),
        ]),
      plan: (changes) => {
        present(changes, 'creditTopUp', id);
        updateCreditTopUp(changes, id, { ...change, metadata });
      },
    });
    return { kind: 'creditTopUp', key: id };
  },
});
