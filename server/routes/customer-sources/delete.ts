import { detachPaymentMethod } from '../../../domain/customer/payment-methods';
import { deletedCard } from '../../../objects/shapes/deleted';
import { deleted } from '../../../objects/wire';
import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { loadDefaults } from '../../writes/payment-method-facts';
import { pathSource, type Collection } from './paths';

/**
 * Removes a source from its customer for good.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const deleteSource = (collection: Collection): Operation =>
  operation({
    method: 'delete',
    path: `/v1/customers/:customer/${collection}/:id`,
    summary: "Delete a customer's source",
    tag: 'Sources',
    parameters: parameters({}),
    answer: deletedCard,
    async handle(request) {
      const { id, customer } = await pathSource(request);
      await request.change({
        step: 'deleteSource',
        customer,
        subject: id,
        load: (tx) => loadDefaults(tx, request.scope, customer, id),
        plan: (changes) => {
          detachPaymentMethod(changes, id);
        },
      });
      return { body: deleted('card', id) };
    },
  });
