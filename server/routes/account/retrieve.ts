import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/** The account of the key. */
export const retrieveAccount = operation({
  method: 'get',
  path: '/v1/account',
  summary: 'Retrieve the account',
  tag: 'Account',
  parameters: parameters({}),
  shows: 'account',
  handle: (request) => Promise.resolve({ kind: 'account', key: request.scope.account }),
});
