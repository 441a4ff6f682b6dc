import { BillingError } from '../core/errors';
import type { LineContent } from '../rows/invoice';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** Whether this is the proration of a change. A partial first or last period is not; it is billed like a whole one. */
export const isChange = ({ prorationDetails }: Pick<LineContent, 'prorationDetails'>): boolean => prorationDetails !== null;

/**
 * Refuses to discount a proration differently than when the change was made.
 *
 * @throws BillingError parameter_invalid
 */
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
