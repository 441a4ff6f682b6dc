import { lockFacts } from '../../../db/facts';
import { mergeMetadata } from '../../../domain/core/metadata';
import { operation, type Operation } from '../../http/operation';
import { metadata, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { pathRefund, type RefundPath } from './paths';

/**
 * Changes a refund's metadata.
 *
 * @throws BillingError resource_missing, parameter_invalid, lock_timeout
 */
export const updateRefund = (path: RefundPath): Operation =>
  operation({
    method: 'post',
    path,
    summary: 'Update a refund',
    tag: 'Refunds',
    parameters: parameters({ metadata: metadata().optional() }),
    shows: 'refund',
    async handle(request) {
      const { id, customer } = await pathRefund(request);
      const facts = { account: request.scope.account, customer, refund: id };
      await request.change({
        step: 'updateRefund',
        customer,
        subject: id,
        load: (tx) => lockFacts(tx, facts),
        plan: (changes) => {
          const refund = present(changes, 'refund', id);
          changes.patch('refund', id, { metadata: mergeMetadata(refund.metadata, request.parameters.metadata) });
          changes.emitUpdated('refund.updated', 'refund', id);
          changes.emitUpdated('charge.refund.updated', 'refund', id);
        },
      });
      return { kind: 'refund', key: id };
    },
  });
