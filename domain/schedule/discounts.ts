/** The discounts of phases. They are checked when a phase is planned, while there is a caller to refuse, and again when it begins. */
import { requestedDiscounts } from '../discount/requests';
import { refusedBy } from '../core/dry-run';
import { ChangeSet } from '../core/change-set';
import type { PhaseParameters } from './parameters';
import type { DiscountParameters } from '../rows/subscription-parameters';
import type { SchedulePhase } from '../rows/subscription-schedule';

interface Planned {
  customer: string;
  currency: string;
  param: string;
  /** The phase creates the subscription, so a code's minimum can be met. */
  begins: boolean;
  /** The schedule's existing phases. Their discounts may have been redeemed since, and are not checked again. */
  before: SchedulePhase[];
}

/** @throws BillingError resource_missing, coupon_expired, currency_mismatch, parameter_invalid, as redeeming them now does */
export function assertDiscounts(changes: ChangeSet, phase: PhaseParameters, { customer, currency, param, begins, before }: Planned): void {
  const known = new Set(before.flatMap((each) => listsOf(each, '')).map(([discounts]) => JSON.stringify(discounts)));
  const purchase = begins ? { amount: Number.MAX_SAFE_INTEGER, currency } : undefined;
  for (const [discounts, place] of listsOf(phase, param)) {
    if (known.has(JSON.stringify(discounts))) continue;
    requestedDiscounts(new ChangeSet(changes.rows, changes.context), discounts, { customer }, { purchase, currency, param: place });
  }
}

type Discounted = { discounts?: DiscountParameters[] | null };

function listsOf(
  { discounts, items, add_invoice_items: extras = [] }: Discounted & { items: Discounted[]; add_invoice_items?: Discounted[] },
  param: string,
): [DiscountParameters[], string][] {
  return [
    [discounts ?? [], `${param}[discounts]`],
    ...items.map((item, index): [DiscountParameters[], string] => [item.discounts ?? [], `${param}[items][${String(index)}][discounts]`]),
    ...extras.map((extra, index): [DiscountParameters[], string] => [
      extra.discounts ?? [],
      `${param}[add_invoice_items][${String(index)}][discounts]`,
    ]),
  ];
}

/** The discounts that can still be redeemed. When a phase begins there is no caller to refuse, so expired ones are left out. */
export function redeemable(changes: ChangeSet, discounts: DiscountParameters[], currency: string): DiscountParameters[] {
  return discounts.filter((discount) => refusedBy(changes, (trial) => requestedDiscounts(trial, [discount], {}, { currency })) === null);
}
