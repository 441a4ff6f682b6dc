import type { ExperimentArm } from '../rows/experiment';
import { isActive } from '../rows/payment-link';
import type { Rows } from '../rows/rows';

/**
 * The arm as far as it can be sold: in the place of a price or a payment link that the seller has switched off, the usual one stays. What the
 * arm names must be among the rows.
 */
export function armForSale(rows: Rows, arm: ExperimentArm): ExperimentArm {
  const link = rows.find('paymentLink', arm.payment_link);
  return {
    ...arm,
    prices: arm.prices.filter(({ replacement }) => rows.find('price', replacement)?.active === true),
    payment_link: link && isActive(link) ? link.id : null,
  };
}
