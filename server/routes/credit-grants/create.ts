import { byKey, loadMatching } from '../../../db/matching';
import { createCreditGrant, type NewCreditGrant } from '../../../domain/credit/grant-changes';
import { mergeMetadata } from '../../../domain/core/metadata';
import { operation } from '../../http/operation';
import { currency, id, integer, metadata, name, object, oneOf, parameters, timestamp } from '../../http/parameters';
import { present } from '../../http/request';
import { pricesOf, scopeShape } from '../../schemas/credit-scope';

/**
 * Grants a customer credit for metered usage.
 *
 * @throws BillingError resource_missing (the customer, a price), parameter_missing, parameter_invalid (the end, a price without a meter,
 * too many grants), parameters_exclusive, customer_billed_elsewhere
 */
export const createCreditGrantOperation = operation({
  method: 'post',
  path: '/v1/billing/credit_grants',
  summary: 'Create a credit grant',
  tag: 'Credits',
  parameters: parameters({
    amount: object({
      monetary: object({ currency: currency(), value: integer({ min: 1, max: 99_999_999_999 }) }),
      type: oneOf(['monetary']),
    }),
    applicability_config: object({ scope: object(scopeShape) }),
    category: oneOf(['paid', 'promotional']).default('paid'),
    customer: id(),
    effective_at: timestamp().optional(),
    expires_at: timestamp().optional(),
    metadata: metadata().optional(),
    name: name({ max: 100 }).optional(),
    priority: integer({ min: 0, max: 100 }).default(50),
  }),
  unsupported: ['customer_account'],
  shows: 'creditGrant',
  async handle(request) {
    const { customer, amount, applicability_config: config, category, name = null, priority, ...given } = request.parameters;
    await request.find('customer', customer, 'customer');
    const prices = await pricesOf(request, config.scope, 'applicability_config[scope]');
    const { currency: of, value } = amount.monetary;
    const dates = { effectiveAt: given.effective_at ?? null, expiresAt: given.expires_at ?? null };
    const what = { category, currency: of, amount: value, priority, prices, metadata: mergeMetadata({}, given.metadata) };
    const grant: NewCreditGrant = { customer, name, ...what, ...dates };
    const left = [
      { column: 'customer', equals: customer },
      { column: 'balance', range: { gt: 0 } },
    ];
    await request.change({
      step: 'createCreditGrant',
      customer,
      load: (tx) => loadMatching(tx, request.scope, [byKey('customer', customer), { kind: 'creditGrant', filters: left }]),
      plan: (changes) => {
        present(changes, 'customer', customer, { param: 'customer' });
        createCreditGrant(changes, grant);
      },
    });
    return { kind: 'creditGrant', key: request.newId('credgr') };
  },
});
