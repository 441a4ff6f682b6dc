/** How much of a feature a period includes. */
import { BillingError } from '../core/errors';
import type { ActiveEntitlement, EntitlementGrant, UsageLimit } from '../rows/entitlement';
import type { Rows } from '../rows/rows';

export interface LimitParameters {
  amount: number;
  meter?: string | undefined;
  per_quantity?: boolean | undefined;
}

/** @throws BillingError resource_missing, parameter_invalid for the meter */
export function nextLimit(rows: Rows, { amount, meter, per_quantity: perQuantity = false }: LimitParameters): UsageLimit {
  const param = 'usage_limit[meter]';
  const counted = rows.find('meter', meter ?? null);
  if (meter !== undefined && !counted) throw new BillingError('resource_missing', `No such billing meter: '${meter}'`, { param });
  if (counted && counted.status !== 'active') {
    throw new BillingError('parameter_invalid', `The meter '${counted.id}' is not active.`, { param });
  }
  return { amount, meter: counted?.id ?? null, per_quantity: perQuantity };
}

/** The amount of one grant; null: without a limit. */
function amountOf({ limit, quantity }: EntitlementGrant): number | null {
  if (limit === null) return null;
  return limit.per_quantity ? limit.amount * (quantity ?? 1) : limit.amount;
}

type Effective = Pick<ActiveEntitlement, 'limitAmount' | 'meter' | 'periodStart' | 'periodEnd'>;

const UNLIMITED: Effective = { limitAmount: null, meter: null, periodStart: null, periodEnd: null };

/** Of several grants the largest counts, in the period of its subscription item; among equal ones the oldest. */
export function effectiveLimit(grants: readonly EntitlementGrant[]): Effective {
  let best: Effective | null = null;
  for (const grant of grants) {
    const limitAmount = amountOf(grant);
    if (limitAmount === null) return UNLIMITED;
    if (best !== null && limitAmount <= (best.limitAmount ?? 0)) continue;
    best = { limitAmount, meter: grant.limit?.meter ?? null, periodStart: grant.period_start, periodEnd: grant.period_end };
  }
  return best ?? UNLIMITED;
}
