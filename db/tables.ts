import type { RowKind } from '../domain/rows/rows';

/** The table of each kind of row, and the column of its primary key. */
export const TABLES: Record<RowKind, { table: string; key: string }> = {
  account: { table: 'accounts', key: 'id' },
  testClock: { table: 'test_clocks', key: 'id' },
  customer: { table: 'customers', key: 'id' },
  customerBalanceTransaction: { table: 'customer_balance_transactions', key: 'id' },
  taxId: { table: 'tax_ids', key: 'id' },
  creditGrant: { table: 'credit_grants', key: 'id' },
  creditBalanceTransaction: { table: 'credit_balance_transactions', key: 'id' },
  creditTopUp: { table: 'credit_top_ups', key: 'id' },
  creditPurchase: { table: 'credit_purchases', key: 'id' },
  product: { table: 'products', key: 'id' },
  price: { table: 'prices', key: 'id' },
  plan: { table: 'prices', key: 'id' },
  taxRate: { table: 'tax_rates', key: 'id' },
  shippingRate: { table: 'shipping_rates', key: 'id' },
  taxCalculation: { table: 'tax_calculations', key: 'invoice' },
  locationEvidence: { table: 'location_evidence', key: 'invoice' },
  taxRecord: { table: 'tax_records', key: 'id' },
  requestedTaxCalculation: { table: 'requested_tax_calculations', key: 'id' },
  taxTransaction: { table: 'tax_transactions', key: 'id' },
  brandingSettings: { table: 'branding_settings', key: 'id' },
  documentSettings: { table: 'document_settings', key: 'id' },
  invoiceRenderingTemplate: { table: 'invoice_rendering_templates', key: 'id' },
  taxSettings: { table: 'tax_settings', key: 'id' },
  taxRegistration: { table: 'tax_registrations', key: 'id' },
  taxThreshold: { table: 'tax_thresholds', key: 'id' },
  meter: { table: 'meters', key: 'id' },
  alert: { table: 'alerts', key: 'id' },
  alertTriggered: { table: 'alert_triggereds', key: 'id' },
  coupon: { table: 'coupons', key: 'key' },
  promotionCode: { table: 'promotion_codes', key: 'id' },
  discount: { table: 'discounts', key: 'id' },
  paymentMethod: { table: 'payment_methods', key: 'id' },
  card: { table: 'payment_methods', key: 'id' },
  mandate: { table: 'mandates', key: 'id' },
  setupIntent: { table: 'setup_intents', key: 'id' },
  paymentIntent: { table: 'payment_intents', key: 'id' },
  paymentAttempt: { table: 'payment_attempts', key: 'id' },
  charge: { table: 'charges', key: 'id' },
  refund: { table: 'refunds', key: 'id' },
  dispute: { table: 'disputes', key: 'id' },
  balanceTransaction: { table: 'balance_transactions', key: 'id' },
  subscription: { table: 'subscriptions', key: 'id' },
  subscriptionItem: { table: 'subscription_items', key: 'id' },
  subscriptionSchedule: { table: 'subscription_schedules', key: 'id' },
  quote: { table: 'quotes', key: 'id' },
  confirmationToken: { table: 'confirmation_tokens', key: 'id' },
  customerSession: { table: 'customer_sessions', key: 'id' },
  paymentMethodConfiguration: { table: 'payment_method_configurations', key: 'id' },
  checkoutSession: { table: 'checkout_sessions', key: 'id' },
  pricingTable: { table: 'pricing_tables', key: 'id' },
  file: { table: 'files', key: 'id' },
  fileLink: { table: 'file_links', key: 'id' },
  licensePolicy: { table: 'license_policies', key: 'id' },
  licenseSigningKey: { table: 'license_signing_keys', key: 'id' },
  license: { table: 'licenses', key: 'id' },
  licenseActivation: { table: 'license_activations', key: 'id' },
  productDownload: { table: 'product_downloads', key: 'id' },
  entitlementFeature: { table: 'entitlement_features', key: 'id' },
  productFeature: { table: 'product_features', key: 'id' },
  activeEntitlement: { table: 'active_entitlements', key: 'id' },
  portalConfiguration: { table: 'portal_configurations', key: 'id' },
  portalSession: { table: 'portal_sessions', key: 'id' },
  paymentLink: { table: 'payment_links', key: 'id' },
  experiment: { table: 'experiments', key: 'id' },
  experimentAssignment: { table: 'experiment_assignments', key: 'id' },
  usagePeriod: { table: 'usage_periods', key: 'id' },
  invoice: { table: 'invoices', key: 'id' },
  invoiceLineItem: { table: 'invoice_line_items', key: 'id' },
  invoiceItem: { table: 'invoice_items', key: 'id' },
  invoicePayment: { table: 'invoice_payments', key: 'id' },
  paymentRecord: { table: 'payment_records', key: 'id' },
  creditNote: { table: 'credit_notes', key: 'id' },
  creditNoteLineItem: { table: 'credit_note_line_items', key: 'id' },
  dunning: { table: 'dunnings', key: 'invoice' },
  webhookEndpoint: { table: 'webhook_endpoints', key: 'id' },
};

/** Kinds whose ids callers may choose: such an id identifies a row only together with its account and mode. */
const NAMED_BY_CALLERS: readonly RowKind[] = ['product', 'price', 'plan'];

/** Kinds that commits of several customers, or several requests, may write at the same time: only their changed columns are written. */
export const SHARED: readonly RowKind[] = [
  'account',
  'testClock',
  'product',
  'price',
  'plan',
  'taxRate',
  'shippingRate',
  'meter',
  'coupon',
  'promotionCode',
  'paymentLink',
  'pricingTable',
  'experiment',
  'experimentAssignment',
  'licensePolicy',
  'licenseSigningKey',
  'entitlementFeature',
  'productFeature',
  'portalConfiguration',
  'paymentMethod',
  'mandate',
  'webhookEndpoint',
  'invoiceRenderingTemplate',
];

/** Kinds of which two commits may make the same row at once: automatic tax rates, whose ids are hashes of their content. One row is kept. */
export const NAMED_BY_CONTENT: readonly RowKind[] = ['taxRate'];

/** Properties that no commit writes, because others set them at any time. */
export const SET_ELSEWHERE: Partial<Record<RowKind, readonly string[]>> = {
  invoice: ['webhooksDeliveredAt'],
  paymentLink: ['completedSessions'],
  taxId: ['verifiedName', 'verifiedAddress'],
};

/** The columns of the primary key. */
export function primaryKeyOf(kind: RowKind): string[] {
  const { key } = TABLES[kind];
  return NAMED_BY_CALLERS.includes(kind) ? ['account', 'livemode', key] : [key];
}
