/** A customer's remaining credit, in each currency in which credit was ever granted. */
import { availableOf, hasEnded } from './balance';
import type { CreditGrant } from '../rows/credit-grant';
import { sumOf } from '../money/money';

export interface CreditBalance {
  currency: string;
  /** Usable now, minor units. */
  available: number;
  /** Also includes credit that begins later, minor units. */
  ledger: number;
}

/** The grants that count: one grant, or those that would pay usage of every metered price (null), or of at least one of some prices. */
export type CreditFilter = { grant: string } | { prices: string[] | null };

export function creditBalances(grants: CreditGrant[], filter: CreditFilter, now: number): CreditBalance[] {
  const counted = grants.filter((grant) => creditCounts(grant, filter));
  return [...new Set(counted.map(({ currency }) => currency))].map((currency) => {
    const own = counted.filter((grant) => grant.currency === currency);
    const living = own.filter((grant) => !hasEnded(grant, now));
    return {
      currency,
      available: sumOf(living.map((grant) => availableOf(grant, now))),
      ledger: sumOf(living.map(({ balance }) => balance)),
    };
  });
}

export function creditCounts({ id, prices }: CreditGrant, filter: CreditFilter): boolean {
  if ('grant' in filter) return id === filter.grant;
  return prices === null || (filter.prices?.some((price) => prices.includes(price)) ?? false);
}
