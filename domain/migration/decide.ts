/** What becomes of each object of another billing system. */
import type { ChangeSet } from '../core/change-set';
import type { SourceKind } from '../rows/import';
import { takeMeter, takePrice, takeProduct, takeTaxRate } from './catalog';
import { takeCoupon, takePromotionCode } from './coupons';
import { takeCustomer } from './customers';
import { takeSchedule } from './schedules';
import { takeSubscription } from './subscriptions';
import type { SourceInvoice, SourceObjects } from './source-objects';
import { idOrNull } from './source-parts';
import type { NotTaken, Taking } from './taking';

export interface DecidedFor {
  /** The test clock on which new customers live. Null: real time. */
  testClock: string | null;
  /** The key of a coupon that does not exist yet. */
  couponKey: (changes: ChangeSet, id: string) => string;
}

type Deciders = { [K in SourceKind]: (source: SourceObjects[K], of: DecidedFor) => NotTaken | Taking };

const DECIDERS: Deciders = {
  tax_rate: takeTaxRate,
  product: takeProduct,
  meter: takeMeter,
  price: takePrice,
  coupon: (source, { couponKey }) => takeCoupon(source, couponKey),
  promotion_code: takePromotionCode,
  customer: (source, { testClock }) => takeCustomer(source, testClock),
  subscription: (source) => takeSubscription(source, 'source'),
  subscription_schedule: takeSchedule,
  invoice: refer,
};

export function decide<K extends SourceKind>(kind: K, source: SourceObjects[K], of: DecidedFor): NotTaken | Taking {
  return DECIDERS[kind](source, of);
}

/** An unpaid invoice stays at the source, which goes on to collect it. */
function refer({ amount_due, currency, customer, due_date, status, total }: SourceInvoice): NotTaken {
  return { outcome: 'reference', problems: [], summary: { amount_due, currency, customer: idOrNull(customer), due_date, status, total } };
}
