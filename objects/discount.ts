import type { Discount } from '../domain/rows/discount';
import { couponId } from './coupon';
import type { WireDeletedDiscount, WireDiscount } from './shapes/discount';

/** A discount; its coupon is an id until it is expanded. */
export function toStripeDiscount(discount: Discount): WireDiscount {
  return { ...parts(discount), end: discount.endsAt };
}

/** A removed discount: all fields but its end. */
export function toStripeDeletedDiscount(discount: Discount): WireDeletedDiscount {
  return { ...parts(discount), deleted: true };
}

function parts(discount: Discount): Omit<WireDiscount, 'end'> {
  return {
    id: discount.id,
    object: 'discount',
    checkout_session: null,
    customer: discount.customer,
    customer_account: null,
    invoice: discount.invoice,
    invoice_item: discount.invoiceItem,
    promotion_code: discount.promotionCode,
    source: { coupon: couponId(discount.coupon), type: 'coupon' },
    start: discount.startsAt,
    subscription: discount.subscription,
    subscription_item: discount.subscriptionItem,
  };
}
