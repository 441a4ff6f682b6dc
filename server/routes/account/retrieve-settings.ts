import { findAccount } from '../../../db/accounts';
import { toAccountSettings } from '../../../objects/account';
import { accountSettings, type WireAccountSettings } from '../../../objects/shapes/account';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** The account's settings in the key's mode: dunning, disputes, invoice numbers, fraud. Stripe has these in its Dashboard. */
export const retrieveAccountSettings = operation({
  method: 'get',
  path: '/v1/account_settings',
  summary: 'Retrieve the account settings',
  tag: 'Account',
  own: true,
  parameters: parameters({}),
  answer: accountSettings,
  handle: showSettings,
});

export async function showSettings(request: ApiRequest<unknown>): Promise<{ body: WireAccountSettings }> {
  const account = await findAccount(request.deps.sql, request.scope.account);
  if (!account) throw new Error('the account of a key is not there');
  return { body: toAccountSettings(account, request.scope.livemode) };
}
