import { HttpError } from '../../http/errors';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves the account by its id, which can only be the caller's own.
 *
 * @throws HttpError account_invalid (403) for any other id
 */
export const retrieveAccountById = operation({
  method: 'get',
  path: '/v1/accounts/:account',
  summary: 'Retrieve the account by its ID',
  tag: 'Account',
  parameters: parameters({}),
  shows: 'account',
  handle(request) {
    const id = request.pathId('account');
    if (id !== request.scope.account) throw new HttpError(403, accountInvalid(id), { code: 'account_invalid' });
    return Promise.resolve({ kind: 'account', key: id });
  },
});

const accountInvalid = (id: string): string =>
  `The provided key does not have access to account '${id.slice(0, 60)}' (or that account does not exist).`;
