import { findAccount } from '../../../db/accounts';
import { routingVersions, type RoutingVersion } from '../../../db/routing';
import { settingsOf } from '../../../domain/rows/account';
import type { Routing } from '../../../domain/rows/routing';
import type { WireRouting } from '../../../objects/shapes/routing';
import type { ApiRequest } from '../../http/request';

/** The rules in force. */
export async function findRouting({ deps, scope }: Pick<ApiRequest<unknown>, 'deps' | 'scope'>): Promise<Routing> {
  const account = await findAccount(deps.sql, scope.account);
  if (!account) throw new Error('the account of a key is not there');
  return settingsOf(account, scope).routing;
}

export async function answerRouting(request: Pick<ApiRequest<unknown>, 'deps' | 'scope'>): Promise<{ body: WireRouting }> {
  const { deps, scope } = request;
  const { rows } = await routingVersions(deps.sql, scope, { before: null, limit: 1 });
  return { body: showRouting(rows[0] ?? { ...(await findRouting(request)), created: null }, scope.livemode) };
}

export function showRouting({ version, created, rules }: RoutingVersion, livemode: boolean): WireRouting {
  return { object: 'routing', created, livemode, rules, version };
}
