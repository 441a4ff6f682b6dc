/** What is left of an object that was deleted: its id. */
import type { RowKind } from '../domain/rows/rows';

/** The name by which a deleted object of each kind calls itself. */
export const DELETED_NAMES = {
  testClock: 'test_helpers.test_clock',
  customer: 'customer',
  taxId: 'tax_id',
  creditTopUp: 'billing.credit_top_up',
  product: 'product',
  productFeature: 'product_feature',
  productDownload: 'product_download',
  licenseActivation: 'license_activation',
  price: 'price',
  plan: 'plan',
  coupon: 'coupon',
  subscriptionItem: 'subscription_item',
  invoice: 'invoice',
  invoiceItem: 'invoiceitem',
  mailSuppression: 'mail_suppression',
  webhookEndpoint: 'webhook_endpoint',
  valueList: 'radar.value_list',
  valueListItem: 'radar.value_list_item',
} as const satisfies Partial<Record<RowKind, string>>;

export type DeletedKind = keyof typeof DELETED_NAMES;
