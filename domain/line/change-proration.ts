import { BillingError } from '../core/errors';
import type { LineContent } from '../rows/invoice';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** The proration of a change, as opposed to a first or a last period that is short, which is billed like any other. */
export const isChange = ({ prorationDetails }: Pick<LineContent, 'prorationDetails'>): boolean => prorationDetails !== null;

/** Throws parameter_invalid for what would discount a change otherwise than when it was made. */
export function assertDiscountable(
  row: Pick<LineContent, 'prorationDetails'>,
  { discountable, discounts }: { discountable?: boolean | undefined; discounts?: DiscountParameters[] | null | undefined },
): void {
  const param = discountable === true ? 'discountable' : discounts?.length ? 'discounts' : null;
  if (param === null || !isChange(row)) return;
  throw new BillingError('parameter_invalid', 'A proration has the discounts of the time when its change was made, and no others.', {
    param,
  });
}
