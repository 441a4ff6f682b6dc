import { expireCreditGrant } from '../../../domain/credit/grant-changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeGrant } from './change';

/**
 * Expires a grant now: the rest of it can no longer be used.
 *
 * @throws BillingError resource_missing, customer_billed_elsewhere, parameter_invalid (it has ended)
 */
export const expireCreditGrantOperation = operation({
  method: 'post',
  path: '/v1/billing/credit_grants/:credit_grant/expire',
  summary: 'Expire a credit grant',
  tag: 'Credits',
  parameters: parameters({}),
  shows: 'creditGrant',
  handle: (request) => changeGrant(request, 'expireCreditGrant', expireCreditGrant),
});
