/** Looks at sellers' sales from time to time, and tells them which thresholds for tax registrations are near. Housekeeping runs it. */
import { commit, type Decide } from '../db/commit';
import { loadMatching } from '../db/matching';
import { findSalesByMonth } from '../db/tax-sales';
import { takeTaxWatches } from '../db/tax-watches';
import { announceThresholds } from '../domain/tax/threshold-notices';
import { sellerFrom } from '../domain/tax/seller';
import { OLDEST_SALES_MONTHS, standingsOf } from '../domain/tax/thresholds';
import { snapshot } from '../objects';
import type { ActivityDependencies } from './dependencies';

type Deps = Pick<ActivityDependencies, 'sql' | 'secret' | 'notifyEndpoints'>;

const HOUR = 3600;
const MONTH = 31 * 24 * HOUR;
/** A look reads the invoices of three years. */
const EVERY_HOURS = 6;

/** Looks at every seller at whom nobody has looked for some hours. */
export async function watchThresholds(deps: Deps): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const sellers = await takeTaxWatches(deps.sql, { now, before: now - EVERY_HOURS * HOUR });
  for (const seller of sellers) await lookAtThresholds(deps, seller, now);
}

/** Announces each threshold once, whoever looks and how often. */
export async function lookAtThresholds(deps: Deps, scope: { account: string; livemode: boolean }, now: number): Promise<void> {
  const sales = await findSalesByMonth(deps.sql, scope, { testClock: null, since: now - OLDEST_SALES_MONTHS * MONTH });
  const decide: Decide = async (tx) => ({
    facts: await loadMatching(
      tx,
      scope,
      (['taxSettings', 'taxRegistration', 'taxThreshold'] as const).map((kind) => ({ kind, filters: [] })),
    ),
    request: null,
    plan: (changes) => {
      const seller = sellerFrom(changes.rows);
      if (seller !== null) announceThresholds(changes, standingsOf(seller, sales, now));
    },
  });
  const input = {
    ...{ secret: deps.secret, scope, workflow: `api/tax-thresholds/${scope.account}/${scope.livemode ? 'live' : 'test'}`, now },
    ...{ commitKey: `look/${String(now)}`, step: 'announceThresholds', customer: null },
    render: ((kind, key, rows) => snapshot(kind, key, rows)) satisfies Parameters<typeof commit>[1]['render'],
  };
  const { endpoints } = await commit(deps.sql, input, decide);
  deps.notifyEndpoints(endpoints);
}
