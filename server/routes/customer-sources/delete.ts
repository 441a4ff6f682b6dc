import { deletedCard } from '../../../objects/shapes/deleted';
import { deleted } from '../../../objects/wire';
import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { detachFrom } from '../../writes/detach-payment-method';
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
      await detachFrom(request, customer, id, 'deleteSource');
      return { body: deleted('card', id) };
    },
  });
