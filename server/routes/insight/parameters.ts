import { loadRows } from '../../../db/related';
import type { Insight } from '../../../db/insight';
import { currency, id } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

export const ofWhom = { currency: currency().optional(), test_clock: id().optional() };

interface Asked {
  currency?: string | undefined;
  test_clock?: string | undefined;
}

/**
 * Whose figures a request asks for, and the present time of those customers.
 *
 * @throws BillingError resource_missing for an unknown test clock
 */
export async function insightOf(request: ApiRequest<Asked>): Promise<Insight & { now: number }> {
  const { scope, deps, parameters } = request;
  const { currency: named, test_clock: clock } = parameters;
  const found = clock === undefined ? null : await request.find('testClock', clock, 'test_clock');
  const account = (await loadRows(deps.sql, 'account', scope, [scope.account])).get('account', scope.account);
  return {
    account: scope.account,
    livemode: scope.livemode,
    currency: named ?? account.defaultCurrency,
    testClock: found?.id ?? null,
    now: found?.frozenTime ?? (await request.now()),
  };
}
