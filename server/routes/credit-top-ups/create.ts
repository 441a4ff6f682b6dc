import { byKey, byKeys, loadMatching } from '../../../db/matching';
import { createCreditTopUp, type NewCreditTopUp } from '../../../domain/credit-top-up/changes';
import { mergeMetadata } from '../../../domain/core/metadata';
import { operation } from '../../http/operation';
import { currency, id, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { rulesOf } from '../../schemas/credit-top-up';
import { money, settingsAsked, settingsShape } from './parameters';

/**
 * Creates a rule that buys credit for a customer whenever less than a threshold is left; it buys at once if that is so now.
 *
 * @throws BillingError resource_missing (the customer, a price, a tax rate, the payment method), parameter_invalid (the limit; another tops
 * up the same), parameter_missing, parameters_exclusive, amount_too_small, amount_too_large, customer_missing_payment_method, lock_timeout
 */
export const createCreditTopUpOperation = operation({
  method: 'post',
  path: '/v1/billing/credit_top_ups',
  summary: 'Create a credit top-up',
  tag: 'Credits',
  own: true,
  parameters: parameters({
    ...settingsShape,
    amount: money(),
    currency: currency(),
    customer: id(),
    monthly_limit: money(),
    threshold: money(),
  }),
  shows: 'creditTopUp',
  async handle(request) {
    const { customer, currency: of, metadata, amount, monthly_limit: monthlyLimit, threshold } = request.parameters;
    await request.find('customer', customer, 'customer');
    const settings = await settingsAsked(request, request.parameters);
    const said = { customer, currency: of, amount, monthlyLimit, threshold, metadata: mergeMetadata({}, metadata) };
    const topUp: NewCreditTopUp = { ...UNSAID, ...settings, ...said };
    const { defaultPaymentMethod: method } = topUp;
    await request.change({
      step: 'createCreditTopUp',
      customer,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          ...[byKey('customer', customer), rulesOf(customer)],
          byKeys('paymentMethod', method === null ? [] : [method]),
        ]),
      plan: (changes) => {
        present(changes, 'customer', customer, { param: 'customer' });
        createCreditTopUp(changes, topUp);
      },
    });
    return { kind: 'creditTopUp', key: request.newId('credtu') };
  },
});

/** Defaults of a rule. */
const UNSAID = {
  unitAmount: null,
  defaultPaymentMethod: null,
  defaultTaxRates: [],
  name: null,
  priority: 50,
  prices: null,
  expiresAfterDays: null,
};
