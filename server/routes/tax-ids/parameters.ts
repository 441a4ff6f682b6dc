import { BillingError } from '../../../domain/core/errors';
import { id, object, oneOf } from '../../http/parameters';

/** Whose tax ids: a customer's, or the account's own. */
export const ownerParameter = () =>
  object({ account: id().optional(), customer: id().optional(), type: oneOf(['account', 'application', 'customer', 'self']) });

interface Owner {
  type: string;
  customer?: string | undefined;
}

/**
 * The customer that owns the tax id; null where the account does.
 *
 * @throws BillingError parameter_missing, parameter_invalid
 */
export function customerOf(owner: Owner | undefined): string | null {
  const { type, customer } = owner ?? { type: 'self' };
  if (type === 'self') return null;
  if (type !== 'customer')
    throw new BillingError('parameter_invalid', 'Invalid owner[type]: there is no Connect here.', { param: 'owner[type]' });
  if (customer === undefined)
    throw new BillingError('parameter_missing', 'Missing required param: owner[customer].', { param: 'owner[customer]' });
  return customer;
}
