import { updateCreditGrant } from '../../../domain/credit/grant-changes';
import { operation } from '../../http/operation';
import { emptyable, metadata, parameters, timestamp } from '../../http/parameters';
import { changeGrant } from './change';

/**
 * Changes when a grant expires, and its metadata.
 *
 * @throws BillingError resource_missing, customer_billed_elsewhere, parameter_invalid (the end is not ahead; the grant has ended already)
 */
export const updateCreditGrantOperation = operation({
  method: 'post',
  path: '/v1/billing/credit_grants/:credit_grant',
  summary: 'Update a credit grant',
  tag: 'Credits',
  parameters: parameters({ expires_at: emptyable(timestamp()).optional(), metadata: metadata().optional() }),
  shows: 'creditGrant',
  handle(request) {
    const { expires_at: expiresAt, metadata: params } = request.parameters;
    return changeGrant(request, 'updateCreditGrant', (changes, id) => {
      updateCreditGrant(changes, id, { expiresAt, metadata: params });
    });
  },
});
