import { loadCustomerFacts } from '../../../db/customers';
import { loadMatching } from '../../../db/matching';
import { addSource } from '../../../domain/customer/sources';
import { operation, type Operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { putSource, sourceOf, sourceWanted } from '../../sandbox/sources';
import type { Collection } from './paths';

/**
 * Attaches a token's card to a customer, as a source and a payment method. The first one becomes the default.
 *
 * @throws BillingError resource_missing, token_already_used, lock_timeout, and 402 for a card that its bank declines
 */
export const createSource = (collection: Collection): Operation =>
  operation({
    method: 'post',
    path: `/v1/customers/:customer/${collection}`,
    summary: 'Add a source to a customer',
    tag: 'Sources',
    parameters: parameters({ source: id() }),
    shows: 'card',
    unsupported: ['card', 'metadata', 'validate'],
    async handle(request) {
      const { id: customer } = await request.find('customer', request.pathId('customer'));
      const source = await sourceOf(request, request.parameters.source, 'source');
      await request.change({
        step: 'createSource',
        customer,
        load: async (tx) => {
          const facts = await loadCustomerFacts(tx, request.scope, customer);
          for (const method of (await loadMatching(tx, request.scope, sourceWanted(source))).all('paymentMethod'))
            facts.put('paymentMethod', method);
          return facts;
        },
        plan: (changes) => {
          present(changes, 'customer', customer);
          const isDefault = addSource(changes, customer, putSource(changes, source));
          if (isDefault) changes.emitUpdated('customer.updated', 'customer', customer);
        },
      });
      return { kind: 'card', key: 'existing' in source ? source.existing : request.newId('card') };
    },
  });
