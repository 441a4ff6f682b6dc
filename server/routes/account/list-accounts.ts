import { operation } from '../../http/operation';
import { pagination, parameters, range } from '../../http/parameters';

/**
 * Lists the accounts connected to the caller's: none, because Dunlin has no Connect.
 *
 * @throws BillingError parameter_invalid
 */
export const listAccounts = operation({
  method: 'get',
  path: '/v1/accounts',
  summary: 'List connected accounts',
  tag: 'Account',
  parameters: parameters({ ...pagination, created: range().optional() }),
  shows: 'account',
  handle: () => Promise.resolve({ list: { kind: 'account', keys: [], hasMore: false } }),
});
