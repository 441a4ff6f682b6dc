import { voidCreditGrant } from '../../../domain/credit/grant-changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeGrant } from './change';

/**
 * Voids a grant: the rest of it counts as never granted.
 *
 * @throws BillingError resource_missing, customer_billed_elsewhere, parameter_invalid (it has ended)
 */
export const voidCreditGrantOperation = operation({
  method: 'post',
  path: '/v1/billing/credit_grants/:credit_grant/void',
  summary: 'Void a credit grant',
  tag: 'Credits',
  parameters: parameters({}),
  shows: 'creditGrant',
  handle: (request) => changeGrant(request, 'voidCreditGrant', voidCreditGrant),
});
