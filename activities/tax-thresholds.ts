/** Looks at sellers' sales from time to time, and tells them which thresholds for tax registrations are near. Housekeeping runs it. */
import { commit, type Decide } from '../db/commit';
import type { Sql, TransactionSql } from '../db/connect';
import { exchangeRates } from '../db/ledger/taxes';
import { loadMatching } from '../db/matching';
import { findSalesByMonth } from '../db/tax-sales';
import { takeTaxWatch } from '../db/tax-watches';
import type { Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import { announceThresholds, dueLevel } from '../domain/tax/threshold-notices';
import { sellerFrom } from '../domain/tax/seller';
import { OLDEST_SALES_MONTHS, standingsOf } from '../domain/tax/thresholds';
import { snapshot } from '../objects';
import type { ActivityDependencies } from './dependencies';

type Deps = Pick<ActivityDependencies, 'sql' | 'secret' | 'notifyEndpoints'>;

const HOUR = 3600;
const MONTH = 31 * 24 * HOUR;
/** A look reads the seller's invoices of three years. */
const EVERY_HOURS = 6;

/** Looks at every seller at whom nobody has looked for some hours, one after another. One at whom it fails is looked at some hours later. */
export async function watchThresholds(deps: Deps, signal?: AbortSignal): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const take = () => takeTaxWatch(deps.sql, { now, before: now - EVERY_HOURS * HOUR });
  for (let seller = await take(); seller !== null; seller = await take()) {
    await lookAtThresholds(deps, seller, now);
    if (signal?.aborted) return;
  }
}

/** Announces each threshold once, whoever looks and how often. Commits nothing if there is nothing to announce, as there usually is not. */
export async function lookAtThresholds(deps: Deps, scope: Scope, now: number): Promise<void> {
  const known = await loadNotices(deps.sql, scope);
  if (sellerFrom(known) === null) return;
  const [sales, rates] = await Promise.all([
    findSalesByMonth(deps.sql, scope, { testClock: null, since: now - OLDEST_SALES_MONTHS * MONTH }),
    exchangeRates(deps.sql, scope),
  ]);
  const standings = (rows: Rows) => {
    const seller = sellerFrom(rows);
    return seller === null ? [] : standingsOf(seller, sales, { rates, instant: now });
  };
  if (standings(known).every((standing) => dueLevel(known, standing) === null)) return;
  const decide: Decide = async (tx) => ({
    facts: await loadNotices(tx, scope),
    request: null,
    plan: (changes) => {
      announceThresholds(changes, standings(changes.rows));
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

/** The seller, and what it was told. */
const loadNotices = (sql: Sql | TransactionSql, scope: Scope): Promise<Rows> =>
  loadMatching(sql, scope, [
    { kind: 'taxSettings', filters: [] },
    { kind: 'taxRegistration', filters: [] },
    { kind: 'taxThreshold', filters: [] },
  ]);
