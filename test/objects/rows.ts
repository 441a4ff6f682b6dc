/** Rows of every kind as a database would hold them, complete and small; a test overrides what it is about. */
import { defaultAccountSettings, type Account } from '../../domain/rows/account';
import type { ConfirmationToken } from '../../domain/rows/confirmation-token';
import type { FraudDecision, RadarRule, ValueList, ValueListItem } from '../../domain/rows/radar';
import type { PaymentEvaluation } from '../../domain/rows/payment-evaluation';
import type { EarlyFraudWarning, Review } from '../../domain/rows/review';
import type { Dunning } from '../../domain/rows/dunning';
import type { Cutover } from '../../domain/rows/cutover';
import type { ComparedLine, ShadowInvoice } from '../../domain/rows/shadow-invoice';
import type { Task } from '../../domain/rows/task';
import type { RecoveryProgram, RecoveryProgramVersion } from '../../domain/rows/recovery-program';
import type { SupportMessage, SupportTicket } from '../../domain/rows/support-ticket';
import type { Experiment } from '../../domain/rows/experiment';
import type { ActiveEntitlement, EntitlementFeature, ProductFeature } from '../../domain/rows/entitlement';
import type { FileLink, StoredFile } from '../../domain/rows/file';
import type { License, LicenseActivation, LicensePolicy, LicenseSigningKey } from '../../domain/rows/license';
import type { ProductDownload } from '../../domain/rows/product-download';
import type { CustomerSession } from '../../domain/rows/customer-session';
import type { PaymentMethodConfiguration } from '../../domain/rows/payment-method-configuration';
import type { CustomerRequest } from '../../domain/rows/customer-request';
import type { MrrMovement } from '../../domain/rows/mrr-movement';
import type { Mail, MailSuppression } from '../../domain/rows/mail';
import type { PortalConfiguration, PortalRetentionOffer, PortalSession } from '../../domain/rows/portal';
import type { PricingTable } from '../../domain/rows/pricing-table';
import type { PaymentLink } from '../../domain/rows/payment-link';
import type { Alert, AlertTriggered } from '../../domain/rows/alert';
import type { BalanceTransaction } from '../../domain/rows/balance-transaction';
import type { Charge } from '../../domain/rows/charge';
import type { CreditBalanceTransaction, CreditGrant } from '../../domain/rows/credit-grant';
import type { CreditTopUp } from '../../domain/rows/credit-top-up';
import type { CreditNote, CreditNoteLineItem } from '../../domain/rows/credit-note';
import type { Customer, CustomerBalanceTransaction } from '../../domain/rows/customer';
import type { CheckoutSession } from '../../domain/rows/checkout-session';
import type { Coupon, Discount } from '../../domain/rows/discount';
import type { Dispute } from '../../domain/rows/dispute';
import type { BillingEvent, WebhookEndpoint } from '../../domain/rows/event';
import type { Invoice, InvoiceItem, InvoiceLineItem, InvoicePayment } from '../../domain/rows/invoice';
import type { InvoiceRenderingTemplate } from '../../domain/rows/invoice-rendering-template';
import type { Meter } from '../../domain/rows/meter';
import type { PaymentError, PaymentIntent, SetupIntent } from '../../domain/rows/payment-intent';
import type { Mandate } from '../../domain/rows/mandate';
import type { BillingDetails, Card, PaymentMethod } from '../../domain/rows/payment-method';
import type { PaymentRecord } from '../../domain/rows/payment-record';
import type { Price } from '../../domain/rows/price';
import type { Product } from '../../domain/rows/product';
import type { PromotionCode } from '../../domain/rows/promotion-code';
import type { Quote } from '../../domain/rows/quote';
import type { Refund } from '../../domain/rows/refund';
import type { TaxTransaction } from '../../domain/rows/tax-transaction';
import type { RequestedTaxCalculation } from '../../domain/rows/requested-tax-calculation';
import type { Address } from '../../domain/rows/resource';
import type { ShippingRate } from '../../domain/rows/shipping-rate';
import type { Subscription, SubscriptionItem } from '../../domain/rows/subscription';
import { DEFAULT_SETTINGS } from '../../domain/schedule/settings';
import type { SubscriptionSchedule } from '../../domain/rows/subscription-schedule';
import type { TaxId } from '../../domain/rows/tax-id';
import type { TaxRate } from '../../domain/rows/tax-rate';
import type { TaxRegistration } from '../../domain/rows/tax-registration';
import type { BrandingSettings } from '../../domain/rows/branding-settings';
import type { DocumentSettings } from '../../domain/rows/document-settings';
import type { TaxSettings } from '../../domain/rows/tax-settings';
import type { TaxThresholdNotice } from '../../domain/rows/tax-threshold';
import type { TestClock } from '../../domain/rows/test-clock';

export const NOW = 1_767_225_600;
const DAY = 86_400;

const resource = (id: string) => ({ id, account: 'acct_1', livemode: false, created: NOW });

const address: Address = { city: 'Bern', country: 'CH', line1: 'Gasse 1', line2: null, postal_code: '3011', state: null };
const billingDetails: BillingDetails = { address, email: 'jo@example.com', name: 'Jo', phone: null, tax_id: null };

export const card: Card = {
  brand: 'visa',
  last4: '4242',
  exp_month: 12,
  exp_year: 2034,
  fingerprint: 'Xt5EWLLDS7FJjR1c',
  funding: 'credit',
  country: 'US',
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  three_d_secure_supported: true,
};

export const declined: PaymentError = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
  payment_method: 'pm_1',
  charge: 'ch_1',
};

export const account = (change: Partial<Account> = {}): Account => ({
  id: 'acct_1',
  created: NOW,
  name: 'Acme',
  country: 'US',
  defaultCurrency: 'usd',
  settings: { live: defaultAccountSettings('ACME', 'customer'), test: defaultAccountSettings('ACME', 'customer') },
  nextInvoiceSequence: 1,
  nextTestInvoiceSequence: 1,
  chosenInvoiceNumbers: 0,
  ...change,
});

export const testClock = (change: Partial<TestClock> = {}): TestClock => ({
  ...resource('clock_1'),
  name: null,
  frozenTime: NOW,
  targetTime: null,
  status: 'ready',
  statusDetails: {},
  deletesAfter: NOW + 30 * DAY,
  deleted: false,
  ...change,
});

export const customer = (change: Partial<Customer> = {}): Customer => ({
  ...resource('cus_1'),
  deleted: false,
  testClock: null,
  name: 'Jo',
  email: 'jo@example.com',
  phone: null,
  description: null,
  address,
  shipping: { name: 'Jo', phone: null, address },
  balance: -500,
  otherBalances: {},
  currency: 'usd',
  delinquent: false,
  invoicePrefix: 'A1B2C3D4',
  nextInvoiceSequence: 2,
  invoiceSettings: { custom_fields: null, default_payment_method: 'pm_1', footer: null, rendering_options: null },
  defaultSource: null,
  billedBy: 'dunlin',
  preferredLocales: ['de'],
  taxExempt: 'none',
  taxIpAddress: null,
  discount: null,
  metadata: { plan: 'gold' },
  ...change,
});

export const customerBalanceTransaction = (change: Partial<CustomerBalanceTransaction> = {}): CustomerBalanceTransaction => ({
  ...resource('cbtxn_1'),
  customer: 'cus_1',
  amount: -500,
  currency: 'usd',
  endingBalance: -500,
  type: 'adjustment',
  invoice: null,
  creditNote: null,
  description: null,
  metadata: {},
  ...change,
});

export const taxId = (change: Partial<TaxId> = {}): TaxId => ({
  ...resource('txi_1'),
  deleted: false,
  customer: 'cus_1',
  type: 'eu_vat',
  value: 'DE123456789',
  verification: 'unavailable',
  registry: null,
  checkingSince: null,
  nextCheckAt: null,
  checkedAt: null,
  registryReference: null,
  verifiedName: null,
  verifiedAddress: null,
  ...change,
});

export const creditGrant = (change: Partial<CreditGrant> = {}): CreditGrant => ({
  ...resource('credgr_1'),
  updated: NOW,
  customer: 'cus_1',
  testClock: null,
  name: 'Prepaid',
  category: 'paid',
  currency: 'usd',
  amount: 1000,
  balance: 700,
  priority: 50,
  prices: null,
  effectiveAt: NOW,
  expiresAt: NOW + 30 * DAY,
  voidedAt: null,
  metadata: {},
  ...change,
});

export const creditBalanceTransaction = (change: Partial<CreditBalanceTransaction> = {}): CreditBalanceTransaction => ({
  ...resource('cbtxn_2'),
  customer: 'cus_1',
  testClock: null,
  creditGrant: 'credgr_1',
  type: 'debit',
  reason: 'credits_applied',
  amount: 300,
  currency: 'usd',
  effectiveAt: NOW,
  invoice: 'in_1',
  invoiceLineItem: 'il_1',
  ...change,
});

export const creditTopUp = (change: Partial<CreditTopUp> = {}): CreditTopUp => ({
  ...resource('credtu_1'),
  updated: NOW,
  deleted: false,
  customer: 'cus_1',
  testClock: null,
  currency: 'usd',
  threshold: 500,
  amount: 1000,
  unitAmount: null,
  monthlyLimit: 3000,
  defaultPaymentMethod: null,
  defaultTaxRates: [],
  name: 'Prepaid',
  priority: 50,
  prices: null,
  expiresAfterDays: null,
  status: 'active',
  pauseReason: null,
  purchases: 0,
  monthStart: null,
  monthSpent: 0,
  heldMonth: null,
  pendingInvoice: null,
  latestInvoice: null,
  latestCreditGrant: null,
  metadata: {},
  ...change,
});

export const product = (change: Partial<Product> = {}): Product => ({
  ...resource('prod_1'),
  updated: NOW,
  deleted: false,
  active: true,
  type: 'service',
  name: 'Gold',
  description: null,
  defaultPrice: 'price_1',
  images: [],
  marketingFeatures: [{ name: 'All of it' }],
  packageDimensions: null,
  shippable: null,
  statementDescriptor: null,
  taxCode: null,
  unitLabel: 'seat',
  url: null,
  metadata: {},
  ...change,
});

export const licensePolicy = (change: Partial<LicensePolicy> = {}): LicensePolicy => ({
  ...resource('lpol_1'),
  active: true,
  product: 'prod_1',
  activationLimit: 3,
  durationDays: null,
  leaseDays: 30,
  onRefund: 'revoke',
  onDispute: 'revoke',
  onCancellation: 'revoke',
  metadata: {},
  ...change,
});

export const licenseSigningKey = (change: Partial<LicenseSigningKey> = {}): LicenseSigningKey => ({
  ...resource('lsk_1'),
  active: true,
  ...change,
});

export const license = (change: Partial<License> = {}): License => ({
  ...resource('lic_1'),
  customer: 'cus_1',
  product: 'prod_1',
  policy: 'lpol_1',
  subscription: 'sub_1',
  subscriptionItem: 'si_1',
  checkoutSession: null,
  paymentIntent: null,
  invoice: null,
  invoiceLine: null,
  status: 'active',
  statusReason: null,
  statusChangedAt: NOW,
  activationLimit: 3,
  expiresAt: null,
  key: 'header.claims.signature',
  ...change,
});

export const licenseActivation = (change: Partial<LicenseActivation> = {}): LicenseActivation => ({
  ...resource('lact_1'),
  deleted: false,
  license: 'lic_1',
  fingerprint: 'machine-1',
  name: 'Laptop',
  leasedUntil: NOW + 30 * DAY,
  ...change,
});

export const productDownload = (change: Partial<ProductDownload> = {}): ProductDownload => ({
  ...resource('pdl_1'),
  deleted: false,
  product: 'prod_1',
  name: 'Installer',
  file: null,
  url: 'https://shop.example/installer.dmg',
  ...change,
});

export const entitlementFeature = (change: Partial<EntitlementFeature> = {}): EntitlementFeature => ({
  ...resource('feat_1'),
  active: true,
  lookupKey: 'sso',
  name: 'Single sign-on',
  metadata: {},
  ...change,
});

export const productFeature = (change: Partial<ProductFeature> = {}): ProductFeature => ({
  ...resource('prodft_1'),
  deleted: false,
  product: 'prod_1',
  feature: 'feat_1',
  lookupKey: 'sso',
  usageLimit: null,
  ...change,
});

export const mrrMovement = (change: Partial<MrrMovement> = {}): MrrMovement => ({
  ...resource('mrrm_1'),
  customer: 'cus_1',
  subscription: 'sub_1',
  testClock: null,
  currency: 'usd',
  type: 'new',
  amount: 1000,
  subscriptionMrr: 1000,
  customerMrr: 1000,
  ...change,
});

export const activeEntitlement = (change: Partial<ActiveEntitlement> = {}): ActiveEntitlement => ({
  ...resource('ent_1'),
  active: true,
  customer: 'cus_1',
  feature: 'feat_1',
  lookupKey: 'sso',
  grants: [],
  limitAmount: null,
  meter: null,
  periodStart: null,
  periodEnd: null,
  ...change,
});

export const file = (change: Partial<StoredFile> = {}): StoredFile => ({
  ...resource('file_1'),
  filename: 'receipt.pdf',
  purpose: 'dispute_evidence',
  size: 9863,
  type: 'pdf',
  sha256: '0'.repeat(64),
  expiresAt: NOW + 270 * DAY,
  ...change,
});

export const fileLink = (change: Partial<FileLink> = {}): FileLink => ({
  ...resource('link_1'),
  file: 'file_1',
  expiresAt: null,
  metadata: {},
  ...change,
});

export const price = (change: Partial<Price> = {}): Price => ({
  ...resource('price_1'),
  deleted: false,
  product: 'prod_1',
  active: true,
  type: 'recurring',
  currency: 'usd',
  billingScheme: 'per_unit',
  unitAmount: 1000,
  unitAmountDecimal: '1000',
  tiersMode: null,
  tiers: null,
  transformQuantity: null,
  customUnitAmount: null,
  currencyOptions: {},
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed', trial_period_days: null, meter: null, dimension_filters: {} },
  taxBehavior: 'exclusive',
  nickname: null,
  lookupKey: 'gold',
  metadata: {},
  ...change,
});

export const taxRate = (change: Partial<TaxRate> = {}): TaxRate => ({
  ...resource('txr_1'),
  active: true,
  displayName: 'VAT',
  percentage: '8.875',
  basis: '100',
  isAutomatic: false,
  inclusive: false,
  country: 'CH',
  state: null,
  jurisdiction: 'CH',
  description: null,
  taxType: 'vat',
  metadata: {},
  ...change,
});

export const coupon = (change: Partial<Coupon> = {}): Coupon => ({
  ...resource('SPRING'),
  key: 'acct_1/test/SPRING',
  deleted: false,
  name: 'Spring',
  percentOff: '12.5',
  amountOff: null,
  currency: null,
  currencyOptions: {},
  duration: 'repeating',
  durationInMonths: 3,
  maxRedemptions: 2,
  redeemBy: NOW + DAY,
  timesRedeemed: 1,
  appliesTo: { products: ['prod_1'] },
  metadata: {},
  ...change,
});

export const promotionCode = (change: Partial<PromotionCode> = {}): PromotionCode => ({
  ...resource('promo_1'),
  code: 'FALL-20',
  active: true,
  coupon: 'acct_1/test/SPRING',
  customer: null,
  expiresAt: null,
  maxRedemptions: null,
  timesRedeemed: 0,
  restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null, currency_options: {} },
  metadata: {},
  ...change,
});

export const discount = (change: Partial<Discount> = {}): Discount => ({
  ...resource('di_1'),
  deleted: false,
  coupon: 'acct_1/test/SPRING',
  promotionCode: null,
  customer: 'cus_1',
  subscription: null,
  subscriptionItem: null,
  invoice: null,
  invoiceItem: null,
  startsAt: NOW,
  endsAt: NOW + 90 * DAY,
  ...change,
});

export const paymentMethod = (change: Partial<PaymentMethod> = {}): PaymentMethod => ({
  ...resource('pm_1'),
  customer: 'cus_1',
  type: 'card',
  allowRedisplay: 'unspecified',
  billingDetails,
  card,
  bankAccount: null,
  mandate: null,
  gateway: 'sandbox',
  gatewayReference: 'succeeds',
  setUp: true,
  isSource: false,
  expiryToldFor: null,
  token: null,
  riskLevel: 'normal',
  metadata: {},
  ...change,
});

const nextAction = { type: 'redirect_to_url' as const, url: 'https://bank.example/3ds', return_url: null };

export const mandate = (change: Partial<Mandate> = {}): Mandate => ({
  ...resource('mandate_1'),
  customer: 'cus_1',
  paymentMethod: 'pm_1',
  status: 'active',
  type: 'multi_use',
  amount: null,
  currency: null,
  acceptance: { accepted_at: NOW, type: 'online', online: { ip_address: '127.0.0.1', user_agent: 'Browser' } },
  reference: 'A1B2C3D4E5F6G7H8',
  schedule: null,
  ...change,
});

export const setupIntent = (change: Partial<SetupIntent> = {}): SetupIntent => ({
  ...resource('seti_1'),
  customer: 'cus_1',
  clientSecret: 'seti_1_secret_x',
  paymentMethod: 'pm_1',
  status: 'requires_action',
  usage: 'off_session',
  description: null,
  cancellationReason: null,
  lastSetupError: null,
  nextAction,
  paymentMethodTypes: ['card'],
  paymentMethodConfiguration: 'pmc_1',
  allowedPaymentMethodTypes: null,
  automaticPaymentMethods: null,
  paymentMethodOptions: { card: { request_three_d_secure: 'automatic' } },
  attempts: 1,
  mandate: null,
  returnUrl: null,
  checkoutSession: null,
  subscription: null,
  hasWorkflow: false,
  metadata: {},
  ...change,
});

export const paymentIntent = (change: Partial<PaymentIntent> = {}): PaymentIntent => ({
  ...resource('pi_1'),
  taxCalculation: null,
  taxAttempts: [],
  customer: 'cus_1',
  invoice: 'in_1',
  clientSecret: 'pi_1_secret_x',
  amount: 1000,
  amountCapturable: 0,
  amountReceived: 0,
  currency: 'usd',
  status: 'requires_action',
  captureMethod: 'automatic',
  confirmationMethod: 'automatic',
  paymentMethod: 'pm_1',
  paymentMethodTypes: ['card'],
  paymentMethodConfiguration: 'pmc_1',
  allowedPaymentMethodTypes: null,
  automaticPaymentMethods: { enabled: true, allow_redirects: 'always' },
  paymentMethodOptions: { card: { request_three_d_secure: 'automatic' } },
  setupFutureUsage: 'off_session',
  becomesDefault: false,
  latestCharge: null,
  review: null,
  attempts: 1,
  lastPaymentError: null,
  nextAction,
  returnUrl: null,
  description: 'Subscription creation',
  receiptEmail: null,
  shipping: null,
  statementDescriptor: null,
  statementDescriptorSuffix: null,
  cancellationReason: null,
  canceledAt: null,
  captureBefore: null,
  captureRequested: null,
  captureIsFinal: true,
  captures: 0,
  cancelRequested: false,
  checkoutSession: null,
  debitedAt: null,
  hasWorkflow: false,
  metadata: {},
  ...change,
});

export const charge = (change: Partial<Charge> = {}): Charge => ({
  ...resource('ch_1'),
  customer: 'cus_1',
  paymentIntent: 'pi_1',
  attempt: 1,
  invoice: 'in_1',
  paymentMethod: 'pm_1',
  paymentMethodDetails: { card, three_d_secure: null },
  billingDetails,
  amount: 1000,
  amountCaptured: 1000,
  amountRefunded: 0,
  currency: 'usd',
  captured: true,
  paid: true,
  refunded: false,
  disputed: false,
  dispute: null,
  status: 'succeeded',
  failureCode: null,
  failureMessage: null,
  outcome: {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: 'approved_by_network',
    reason: null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: 'Payment complete.',
    type: 'authorized',
  },
  balanceTransaction: 'txn_1',
  description: null,
  receiptEmail: null,
  statementDescriptor: 'ACME',
  statementDescriptorSuffix: null,
  shipping: null,
  gateway: 'sandbox',
  gatewayReference: null,
  userReport: null,
  review: null,
  metadata: {},
  ...change,
});

export const refund = (change: Partial<Refund> = {}): Refund => ({
  ...resource('re_1'),
  customer: 'cus_1',
  charge: 'ch_1',
  paymentIntent: 'pi_1',
  amount: 400,
  currency: 'usd',
  status: 'succeeded',
  reason: 'requested_by_customer',
  failureReason: null,
  balanceTransaction: 'txn_2',
  failureBalanceTransaction: null,
  gatewayReference: null,
  pendingCall: null,
  waitingFor: null,
  sendsAt: null,
  waits: 0,
  settlesAt: null,
  settlesAs: null,
  metadata: {},
  ...change,
});

export const dispute = (change: Partial<Dispute> = {}): Dispute => ({
  ...resource('du_1'),
  customer: 'cus_1',
  charge: 'ch_1',
  paymentIntent: 'pi_1',
  amount: 1000,
  currency: 'usd',
  status: 'needs_response',
  reason: 'fraudulent',
  networkReasonCode: '10.4',
  caseType: 'chargeback',
  isChargeRefundable: false,
  evidence: {},
  enhancedEvidence: {},
  hasEvidence: false,
  dueBy: NOW + 9 * DAY,
  submittedAt: null,
  submissionCount: 0,
  decidesAt: null,
  closedAt: null,
  keepsTax: null,
  counterFee: 0,
  estimatedFee: null,
  clearsFraud: false,
  rateWarnings: [],
  draftedAt: NOW,
  sources: [],
  priorCharges: [],
  owner: 'billing',
  whenUnanswered: 'wait',
  answersAt: null,
  balanceTransactions: ['txn_1'],
  paymentMethodDetails: { card },
  gatewayReference: null,
  pendingCall: null,
  metadata: {},
  ...change,
});

export const balanceTransaction = (change: Partial<BalanceTransaction> = {}): BalanceTransaction => ({
  ...resource('txn_1'),
  type: 'charge',
  amount: 1000,
  fee: 59,
  net: 941,
  currency: 'usd',
  feeDetails: [{ amount: 59, application: null, currency: 'usd', description: 'Processing fee', type: 'stripe_fee' }],
  source: 'ch_1',
  description: null,
  availableOn: NOW + 2 * DAY,
  reportingCategory: 'charge',
  ...change,
});

export const subscription = (change: Partial<Subscription> = {}): Subscription => ({
  ...resource('sub_1'),
  customer: 'cus_1',
  testClock: null,
  hidden: false,
  status: 'active',
  currency: 'usd',
  collectionMethod: 'charge_automatically',
  daysUntilDue: null,
  startDate: NOW,
  billingCycleAnchor: NOW,
  billingCycleAnchorConfig: null,
  billingMode: { type: 'flexible' },
  trialStart: null,
  trialEnd: null,
  trialSettings: { end_behavior: { missing_payment_method: 'create_invoice' } },
  trialWillEndSentAt: null,
  renewalAnnouncedFor: null,
  noticeGivenFor: null,
  freeUntilAnchor: false,
  cancelAt: null,
  cancelAtPeriodEnd: false,
  canceledAt: null,
  endedAt: null,
  cancellationDetails: { comment: null, feedback: null, reason: null },
  pauseCollection: null,
  billedElsewhere: [],
  pausedAt: null,
  resumptionInvoice: null,
  pendingUpdate: null,
  pendingSetupIntent: null,
  disputeStages: {},
  pausedFor: null,
  accessEndedAt: null,
  latestInvoice: 'in_1',
  schedule: null,
  defaultPaymentMethod: null,
  automaticTax: { enabled: false, disabled_reason: null },
  defaultTaxRates: ['txr_1'],
  discounts: ['di_1'],
  paymentSettings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
  invoiceSettings: {},
  description: null,
  billingThresholds: null,
  pendingItemBilling: null,
  minimumCommitment: null,
  maximumSpend: null,
  checkoutSession: null,
  incompleteUntil: null,
  mrr: 0,
  metadata: {},
  ...change,
});

export const subscriptionSchedule = (change: Partial<SubscriptionSchedule> = {}): SubscriptionSchedule => ({
  ...resource('sub_sched_1'),
  customer: 'cus_1',
  testClock: null,
  status: 'active',
  subscription: 'sub_1',
  releasedSubscription: null,
  endBehavior: 'release',
  billingMode: { type: 'flexible' },
  phases: [
    {
      start_date: NOW,
      end_date: NOW + 31 * DAY,
      items: [{ price: 'price_1', quantity: 1, discounts: [{ coupon: 'SPRING' }], metadata: {}, tax_rates: ['txr_1'] }],
      add_invoice_items: [{ price: 'price_1', quantity: 1, discounts: [], tax_rates: [] }],
      billing_cycle_anchor: null,
      collection_method: null,
      currency: 'usd',
      default_payment_method: null,
      default_tax_rates: ['txr_1'],
      description: null,
      discounts: null,
      invoice_settings: null,
      metadata: {},
      proration_behavior: 'create_prorations',
      trial_end: null,
    },
  ],
  defaultSettings: DEFAULT_SETTINGS,
  startsElsewhere: false,
  currentPhaseStart: NOW,
  expiringSentFor: null,
  canceledAt: null,
  completedAt: null,
  releasedAt: null,
  metadata: {},
  ...change,
});

export const quote = (change: Partial<Quote> = {}): Quote => ({
  ...resource('qt_1'),
  customer: 'cus_1',
  testClock: null,
  status: 'open',
  sequence: 1,
  revision: 1,
  number: 'QT-ABCD1234-0001-1',
  expiresAt: NOW + 30 * DAY,
  collectionMethod: 'charge_automatically',
  currency: 'usd',
  description: null,
  header: null,
  footer: null,
  discounts: ['di_1'],
  automaticTax: { enabled: true, status: 'complete', provider: 'dunlin' },
  defaultTaxRates: ['txr_1'],
  invoiceSettings: DEFAULT_SETTINGS.invoice_settings,
  subscriptionData: {
    billing_mode: { type: 'flexible' },
    description: null,
    effective_date: null,
    metadata: null,
    trial_period_days: null,
  },
  lineItems: [],
  amounts: { subtotal: 1000, discount: 0, tax: 89, total: 1089, discounts: [], taxes: [tax] },
  upfront: { subtotal: 1000, discount: 0, tax: 89, total: 1089, discounts: [], taxes: [tax], lines: [] },
  recurring: { subtotal: 1000, discount: 0, tax: 89, total: 1089, discounts: [], taxes: [tax], interval: 'month', interval_count: 1 },
  fromQuote: { quote: 'qt_0', is_revision: true },
  invoice: null,
  subscription: null,
  subscriptionSchedule: null,
  acceptedAt: null,
  canceledAt: null,
  finalizedAt: NOW,
  metadata: {},
  ...change,
});

export const confirmationToken = (change: Partial<ConfirmationToken> = {}): ConfirmationToken => {
  const { allowRedisplay, billingDetails, card } = paymentMethod();
  return {
    ...resource('ctoken_1'),
    expiresAt: NOW + DAY / 2,
    paymentMethod: 'pm_1',
    preview: { allow_redisplay: allowRedisplay, billing_details: billingDetails, card, customer: null },
    returnUrl: 'https://shop.example.com',
    setupFutureUsage: 'off_session',
    shipping: null,
    paymentIntent: 'pi_1',
    setupIntent: null,
    ...change,
  };
};

export const customerSession = (change: Partial<CustomerSession> = {}): CustomerSession => ({
  ...resource('cuss_1'),
  clientSecret: 'cuss_1_secret_1',
  customer: 'cus_1',
  components: {
    active_entitlements: { enabled: false },
    buy_button: { enabled: true },
    customer_portal: { enabled: false },
    customer_sheet: { enabled: false, features: null },
    mobile_payment_element: { enabled: false, features: null },
    payment_element: {
      enabled: true,
      features: {
        payment_method_allow_redisplay_filters: ['always'],
        payment_method_redisplay: 'enabled',
        payment_method_redisplay_limit: 3,
        payment_method_remove: 'enabled',
        payment_method_save: 'enabled',
        payment_method_save_usage: 'off_session',
      },
    },
    pricing_table: { enabled: true },
  },
  expiresAt: NOW + 1800,
  ...change,
});

export const paymentMethodConfiguration = (change: Partial<PaymentMethodConfiguration> = {}): PaymentMethodConfiguration => ({
  ...resource('pmc_1'),
  active: true,
  isDefault: true,
  name: 'Default',
  preferences: { klarna: 'on' },
  ...change,
});

export const pricingTable = (change: Partial<PricingTable> = {}): PricingTable => ({
  ...resource('ptbl_1'),
  active: true,
  url: 'http://localhost/pricing/ptbl_1',
  products: [{ product: 'prod_1', prices: ['price_1'], highlighted: true }],
  settings: { allow_promotion_codes: false, automatic_tax: false, experiment: null, success_url: null, trial_period_days: null },
  metadata: {},
  ...change,
});

export const radarRule = (change: Partial<RadarRule> = {}): RadarRule => ({
  ...resource('rrl_1'),
  action: 'block',
  predicate: ":card_country: = 'XX'",
  condition: { type: 'compare', left: { name: 'card_country', at: 9 }, operator: '=', right: { value: 'XX', at: 26 } },
  afterBank: false,
  active: true,
  shadow: false,
  version: 1,
  metadata: {},
  ...change,
});

export const anySegment: RecoveryProgram['segment'] = {
  ...{ countries: null, currencies: null, amount_from: null, amount_to: null, tenure_days_from: null, tenure_days_to: null },
  ...{ prices: null, products: null, decline_codes: null, decline_groups: null },
};

export const recoveryProgram = (change: Partial<RecoveryProgram> = {}): RecoveryProgram => ({
  ...resource('rcvp_1'),
  name: 'Usual',
  active: true,
  position: 0,
  segment: anySegment,
  arms: [
    {
      name: 'all',
      share: 100,
      steps: [
        { type: 'wait', seconds: 86_400 },
        { type: 'retry', declines: null, hours: null, paydays: null },
      ],
      ends_in: 'cancel',
    },
  ],
  version: 1,
  metadata: {},
  ...change,
});

export const shadowInvoice = (change: Partial<ShadowInvoice> = {}): ShadowInvoice => ({
  ...resource('shadow_1'),
  ...{ customer: 'cus_1', subscription: 'sub_1', currency: 'usd', cycleAt: 1_772_323_200, theirs: null, status: 'different', checkAt: 0 },
  ours: { id: null, subtotal: 1000, discount: 0, credit: 0, tax: 0, total: 1000, lines: [comparedLine()] },
  differences: [{ kind: 'missing_there', line: 'si_1', ours: 1000, theirs: null }],
  ...change,
});

export const comparedLine = (change: Partial<ComparedLine> = {}): ComparedLine => ({
  ...{ item: 'si_1', price: 'price_1', quantity: 1, amount: 1000, discount: 0, tax: 0, proration: false },
  ...{ periodStart: 1_772_323_200, periodEnd: 1_775_001_600 },
  ...change,
});

export const cutover = (change: Partial<Cutover> = {}): Cutover => ({
  ...resource('cutover_1'),
  ...{
    customer: 'cus_1',
    status: 'done',
    forced: false,
    dueAt: 1_775_001_600,
    switchedAt: 1_772_323_200,
    moneyAtSwitch: null,
    reason: null,
  },
  frozen: [{ subscription: 'sub_1', pause: null }],
  ...change,
});

export const task = (change: Partial<Task> = {}): Task => ({
  ...resource('task_1'),
  ...{ customer: 'cus_1', type: 'recovery', about: 'in_1', workflow: 'dunning/in_1', title: 'Call them', owner: 'Grace' },
  ...{ answers: ['continue', 'end', 'stop'], defaultAnswer: 'continue', answerBy: 1_767_312_000, status: 'open' },
  ...{ answer: null, answeredBy: null, answeredAt: null, note: null, needs: null },
  ...change,
});

export const dunning = (change: Partial<Dunning> = {}): Dunning => ({
  ...{ invoice: 'in_1', account: 'acct_1', livemode: false, customer: 'cus_1', subscription: 'sub_1', created: 1_767_225_600 },
  program: {
    ...{ id: 'rcvp_1', version: '1', arm: 'all', reason: 'it is for every invoice' },
    steps: [
      { type: 'wait', seconds: 86_400 },
      { type: 'retry', declines: null, hours: null, paydays: null },
    ],
    ends_in: 'cancel',
  },
  status: 'running',
  failedAt: 1_767_225_600,
  step: 1,
  reachedAt: 1_767_225_600,
  dueAt: 1_767_312_000,
  retries: 0,
  nextRetryAt: 1_767_312_000,
  failedPaymentMethod: 'pm_1',
  declineCode: 'insufficient_funds',
  hard: false,
  notBefore: null,
  country: 'DE',
  ...{ amount: 1000, paidBefore: 0, creditedBefore: 0, firstDeclineCode: 'insufficient_funds' },
  ...{ triedStep: null, recoveredBy: null, recoveredStep: null, task: null },
  notice: null,
  endedAt: null,
  ...change,
});

export const recoveryProgramVersion = (change: Partial<RecoveryProgramVersion> = {}): RecoveryProgramVersion => {
  const { arms, segment, version } = recoveryProgram();
  return { ...resource('rcvv_1'), program: 'rcvp_1', arms, segment, version, ...change };
};

export const valueList = (change: Partial<ValueList> = {}): ValueList => ({
  ...resource('rsl_1'),
  alias: 'trusted',
  name: 'Trusted',
  itemType: 'email',
  createdBy: 'api',
  deleted: false,
  metadata: {},
  ...change,
});

export const valueListItem = (change: Partial<ValueListItem> = {}): ValueListItem => ({
  ...resource('rsli_1'),
  valueList: 'rsl_1',
  value: 'ada@example.com',
  compared: 'ada@example.com',
  createdBy: 'api',
  deleted: false,
  ...change,
});

export const fraudDecision = (change: Partial<FraudDecision> = {}): FraudDecision => ({
  ...resource('rdec_1'),
  attempt: 'pi_1/attempt-1',
  paymentIntent: 'pi_1',
  round: 'before',
  assessment: { decision: 'block', riskLevel: 'normal', riskScore: 60, rule: 'rrl_1', reason: 'rule' },
  matched: [{ id: 'rrl_1', action: 'block', predicate: ":card_country: = 'XX'", version: 1 }],
  values: { card_country: 'XX' },
  ...change,
});

const checks = { address_line1_check: 'pass', address_postal_code_check: 'pass', cvc_check: 'pass' } as const;

export const paymentEvaluation = (change: Partial<PaymentEvaluation> = {}): PaymentEvaluation => ({
  ...resource('peval_1'),
  customer: 'cus_1',
  paymentMethod: 'pm_1',
  details: {
    client_device_metadata_details: { radar_session: 'rse_1' },
    customer_details: { customer: 'cus_1', customer_account: null, email: 'ada@example.com', name: 'Ada', phone: null },
    payment_details: {
      ...{ amount: 1000, currency: 'usd', description: null, statement_descriptor: 'ACME' },
      money_movement_details: { card: { customer_presence: 'on_session', payment_type: 'one_off' }, money_movement_type: 'card' },
      payment_method_details: {
        billing_details: { address: billingDetails.address, email: null, name: 'Ada', phone: null },
        payment_method: 'pm_1',
      },
      shipping_details: { address: billingDetails.address, name: 'Ada', phone: null },
    },
  },
  recommendedAction: 'continue',
  risk: { riskLevel: 'normal', riskScore: 12 },
  outcome: {
    type: 'succeeded',
    payment_intent_id: 'pi_1',
    merchant_blocked: { reason: 'other' },
    rejected: { card: { ...checks, reason: 'other' } },
    succeeded: { card: checks },
  },
  metadata: {},
  ...change,
});

export const review = (change: Partial<Review> = {}): Review => ({
  ...resource('prv_1'),
  customer: 'cus_1',
  charge: 'ch_1',
  paymentIntent: 'pi_1',
  billingZip: '10117',
  open: true,
  openedReason: 'rule',
  closedReason: null,
  closedAt: NOW,
  owner: 'grace',
  decideBy: NOW + 86_400,
  defaultDecision: 'none',
  missedAt: NOW,
  ...change,
});

export const earlyFraudWarning = (change: Partial<EarlyFraudWarning> = {}): EarlyFraudWarning => ({
  ...resource('issfr_1'),
  customer: 'cus_1',
  charge: 'ch_1',
  paymentIntent: 'pi_1',
  fraudType: 'misc',
  actionable: true,
  ...change,
});

export const supportTicket = (change: Partial<SupportTicket> = {}): SupportTicket => ({
  ...resource('supt_1'),
  customer: 'cus_1',
  email: 'ada@example.com',
  subject: 'My invoice',
  route: 'billing',
  source: 'mail',
  invoice: 'in_1',
  owner: 'grace',
  status: 'open',
  answerBy: NOW + 86_400,
  missedAt: NOW,
  firstAnswerBy: NOW + 86_400,
  firstAnsweredAt: NOW,
  closedAt: NOW,
  metadata: {},
  ...change,
});

export const supportMessage = (change: Partial<SupportMessage> = {}): SupportMessage => ({
  ...resource('supm_1'),
  ticket: 'supt_1',
  author: 'customer',
  name: 'Ada',
  message: 'The tax is wrong.',
  mailId: '<1@example.com>',
  ...change,
});

export const experiment = (change: Partial<Experiment> = {}): Experiment => ({
  ...resource('exp_1'),
  name: 'Ten or twelve',
  status: 'running',
  arms: [
    { name: 'control', share: 50, prices: [], payment_link: null, pricing_table: null },
    { name: 'higher', share: 50, prices: [{ price: 'price_1', replacement: 'price_2' }], payment_link: null, pricing_table: null },
  ],
  windowDays: 14,
  startedAt: NOW,
  endedAt: null,
  promotedArm: null,
  metadata: {},
  ...change,
});

export const portalConfiguration = (change: Partial<PortalConfiguration> = {}): PortalConfiguration => ({
  ...resource('bpc_1'),
  active: true,
  isDefault: false,
  name: 'Members',
  businessProfile: {
    headline: 'Manage your plan',
    privacy_policy_url: 'https://shop.example.com/privacy',
    terms_of_service_url: 'https://shop.example.com/terms',
  },
  defaultReturnUrl: 'https://shop.example.com/account',
  loginPage: { enabled: true, url: 'https://billing.example.com/p/login/bpc_1_secret_x' },
  features: {
    customer_update: { enabled: true, allowed_updates: ['address', 'email', 'name', 'phone', 'tax_id'] },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: {
      enabled: true,
      mode: 'at_period_end',
      proration_behavior: 'none',
      cancellation_reason: { enabled: true, options: ['too_expensive', 'other'] },
    },
    subscription_pause: {
      enabled: true,
      duration: { type: 'interval_options', interval_options: [{ interval: 'month', interval_count: 1 }] },
    },
    subscription_update: {
      enabled: true,
      billing_cycle_anchor: null,
      default_allowed_updates: ['price', 'quantity'],
      products: [{ product: 'prod_1', prices: ['price_1'], adjustable_quantity: { enabled: true, minimum: 1, maximum: 10 } }],
      proration_behavior: 'always_invoice',
      schedule_at_period_end: { conditions: [{ type: 'shortening_interval' }] },
      trial_update_behavior: 'continue_trial',
    },
  },
  metadata: {},
  updated: NOW,
  ...change,
});

export const portalSession = (change: Partial<PortalSession> = {}): PortalSession => ({
  ...resource('bps_1'),
  customer: 'cus_1',
  configuration: 'bpc_1',
  flow: {
    type: 'subscription_update_confirm',
    after_completion: { type: 'redirect', return_url: 'https://shop.example.com/changed' },
    subscription: 'sub_1',
    items: [{ id: 'si_1', price: 'price_1', quantity: 2 }],
    discounts: [{ promotion_code: 'promo_1' }],
    retention: null,
  },
  locale: 'auto',
  returnUrl: 'https://shop.example.com/account',
  url: 'http://localhost/p/session/bps_1_secret_1',
  expiresAt: NOW + 300,
  ...change,
});

export const portalRetentionOffer = (change: Partial<PortalRetentionOffer> = {}): PortalRetentionOffer => ({
  ...resource('bpro_1'),
  customer: 'cus_1',
  subscription: 'sub_1',
  coupon: 'SAVE',
  session: 'bps_1',
  status: 'accepted',
  ...change,
});

export const customerRequest = (change: Partial<CustomerRequest> = {}): CustomerRequest => ({
  ...resource('creq_1'),
  type: 'withdrawal',
  status: 'done',
  customer: 'cus_1',
  subscription: 'sub_1',
  declaration: {
    name: 'Jo',
    email: 'jo@example.com',
    contract: 'sub_1',
    kind: 'ordinary',
    date: null,
    statement: 'I withdraw.',
    locale: 'en',
  },
  owner: 'billing',
  dueAt: NOW + 14 * DAY,
  openReason: null,
  plan: {
    effect: 'immediately',
    endsAt: NOW,
    refunds: [{ charge: 'ch_1', invoice: 'in_1', amount: 1000, currency: 'usd' }],
  },
  note: null,
  resolvedAt: NOW,
  acceptedAt: null,
  missedAt: null,
  url: 'http://localhost/contract/creq_1_secret_1',
  ...change,
});

export const mail = (change: Partial<Mail> = {}): Mail => ({
  ...resource('mail_1'),
  kind: 'receipt',
  customer: 'cus_1',
  testClock: null,
  recipient: 'ada@example.com',
  locales: ['de'],
  about: 'in_1',
  facts: { amount: 2000, currency: 'usd', number: 'ABC-0001' },
  status: 'sent',
  problem: null,
  tries: 1,
  nextTryAt: null,
  sentAt: NOW,
  content: null,
  ...change,
});

export const mailSuppression = (change: Partial<MailSuppression> = {}): MailSuppression => ({
  ...resource('msup_1'),
  deleted: false,
  email: 'ada@example.com',
  reason: 'bounce',
  mail: 'mail_1',
  ...change,
});

export const shippingRate = (change: Partial<ShippingRate> = {}): ShippingRate => ({
  ...resource('shr_1'),
  active: true,
  displayName: 'Standard',
  amount: 500,
  currency: 'usd',
  currencyOptions: { eur: { amount: 450, tax_behavior: 'unspecified' } },
  deliveryEstimate: { minimum: { unit: 'business_day', value: 3 }, maximum: { unit: 'business_day', value: 5 } },
  taxBehavior: 'exclusive',
  taxCode: 'txcd_92010001',
  metadata: {},
  ...change,
});

export const paymentLink = (change: Partial<PaymentLink> = {}): PaymentLink => ({
  ...resource('plink_1'),
  active: true,
  url: 'https://pay.example.com/b/plink_1',
  mode: 'subscription',
  currency: 'usd',
  lineItems: [],
  settings: checkoutSession().settings,
  inactiveMessage: null,
  sessionsLimit: 5,
  completedSessions: 1,
  experiment: 'exp_1',
  metadata: {},
  ...change,
});

export const checkoutSession = (change: Partial<CheckoutSession> = {}): CheckoutSession => ({
  ...resource('cs_test_1'),
  customer: 'cus_1',
  testClock: null,
  mode: 'subscription',
  uiMode: 'hosted_page',
  status: 'open',
  clientSecret: 'cs_test_1_secret_1',
  pageUrl: 'https://pay.example.com/c/pay/cs_test_1',
  currency: 'usd',
  expiresAt: NOW + DAY,
  buyerIp: '192.0.2.7',
  completedAt: null,
  asyncPayment: null,
  reservation: null,
  lineItems: [],
  amounts: { subtotal: 1000, discount: 0, tax: 89, shipping: 0, shipping_tax: 0, shipping_total: 0, total: 1089, due: 1089 },
  taxProvider: null,
  taxStatus: null,
  discounts: [{ coupon: 'coupon_1' }],
  settings: {
    success_url: 'https://shop.example.com/thanks',
    branding: null,
    cancel_url: null,
    return_url: null,
    redirect_on_completion: null,
    after_expiration: { allow_promotion_codes: true, enabled: true },
    allow_promotion_codes: null,
    automatic_tax: false,
    billing_address_collection: null,
    confirmation_message: null,
    consent_collection: { payment_method_reuse_agreement: { position: 'auto' }, promotions: 'auto', terms_of_service: 'required' },
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer_creation: null,
    customer_email: null,
    customer_update: null,
    invoice_creation: null,
    locale: null,
    name_collection: null,
    optional_items: [{ adjustable_quantity: null, price: 'price_1', quantity: 1 }],
    payment_method_collection: 'always',
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_method_configuration: null,
    phone_number_collection: false,
    saved_payment_method_options: { allow_redisplay_filters: ['always'], payment_method_remove: 'enabled', payment_method_save: null },
    shipping_address_collection: null,
    shipping_options: [],
    submit_type: null,
    subscription_data: null,
    tax_id_collection: { enabled: false, required: 'never' },
    payment_intent_data: null,
    setup_intent_data: null,
  },
  customerDetails: {
    address: null,
    business_name: null,
    email: 'ada@example.com',
    individual_name: null,
    name: 'Ada',
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  },
  shippingDetails: null,
  shippingRate: null,
  consent: null,
  withdrawalConsentAt: null,
  renewalConsentAt: null,
  customFields: [],
  paymentIntent: null,
  setupIntent: null,
  subscription: 'sub_1',
  offer: null,
  invoice: null,
  paymentMethod: 'pm_1',
  attempts: 1,
  attemptedAt: null,
  paymentLink: null,
  clientReferenceId: null,
  experimentAssignment: 'expas_1',
  recoveredFrom: null,
  recoveryExpiresAt: NOW + 30 * DAY,
  metadata: {},
  ...change,
});

export const subscriptionItem = (change: Partial<SubscriptionItem> = {}): SubscriptionItem => ({
  ...resource('si_1'),
  deleted: false,
  subscription: 'sub_1',
  price: 'price_1',
  quantity: 1,
  usageFrom: null,
  billingThresholds: null,
  currentPeriodStart: NOW,
  currentPeriodEnd: NOW + 31 * DAY,
  discounts: [],
  taxRates: [],
  metadata: {},
  ...change,
});

const tax = {
  amount: 89,
  tax_behavior: 'exclusive' as const,
  tax_rate: 'txr_1',
  taxability_reason: 'standard_rated',
  taxable_amount: 1000,
};

export const invoice = (change: Partial<Invoice> = {}): Invoice => ({
  ...resource('in_1'),
  quote: null,
  hidden: false,
  deleted: false,
  customer: 'cus_1',
  subscription: 'sub_1',
  testClock: null,
  commitKey: 'create',
  cycleAt: null,
  fromInvoice: null,
  latestRevision: null,
  number: 'A1B2C3D4-0001',
  status: 'open',
  currency: 'usd',
  billingReason: 'subscription_create',
  collectionMethod: 'charge_automatically',
  autoAdvance: true,
  automaticallyFinalizesAt: null,
  attemptCount: 0,
  attempted: false,
  nextPaymentAttempt: null,
  periodStart: NOW,
  periodEnd: NOW,
  dueDate: null,
  effectiveAt: NOW,
  lastFinalizationError: null,
  taxAwaitedSince: null,
  nationalTax: null,
  finalizedAt: NOW,
  paidAt: null,
  voidedAt: null,
  markedUncollectibleAt: null,
  webhooksDeliveredAt: null,
  willBeDueAt: null,
  pastDueAt: null,
  subtotal: 1000,
  subtotalExcludingTax: 1000,
  total: 1089,
  totalExcludingTax: 1000,
  totalDiscountAmounts: [{ amount: 0, discount: 'di_1' }],
  totalCreditAmounts: [],
  totalTaxes: [tax],
  startingBalance: 0,
  endingBalance: 0,
  amountDue: 1089,
  amountPaid: 0,
  amountRemaining: 1089,
  amountOverpaid: 0,
  amountPaidOffStripe: 0,
  prePaymentCreditNotesAmount: 0,
  postPaymentCreditNotesAmount: 0,
  shippingCost: null,
  shippingDetails: null,
  refundParts: [],
  paidOutOfBand: false,
  paymentIntent: 'pi_1',
  defaultPaymentMethod: null,
  automaticTax: { enabled: false, status: null, disabled_reason: null, provider: null },
  defaultTaxRates: ['txr_1'],
  accountTaxIds: null,
  discounts: [],
  paymentSettings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  subscriptionMetadata: { plan: 'gold' },
  consolidates: [],
  customerDetails: { address, email: 'before@example.com', name: 'Jo', phone: null, shipping: null, tax_exempt: 'none' },
  customerTaxIds: [{ type: 'eu_vat', value: 'DE123456789' }],
  sellerDetails: null,
  pageSize: 'a4',
  description: null,
  footer: null,
  customFields: null,
  rendering: null,
  receiptNumber: null,
  statementDescriptor: null,
  metadata: {},
  ...change,
});

const content = {
  amount: 1000,
  currency: 'usd',
  description: '1 × Gold (at $10.00 / month)',
  quantity: 1,
  discountable: true,
  discounts: [],
  taxRates: ['txr_1'],
  price: 'price_1',
  product: 'prod_1',
  unitAmountDecimal: '1000',
  taxBehavior: 'exclusive' as const,
  taxCode: null,
  subscription: 'sub_1',
  subscriptionItem: 'si_1',
  proration: false,
  prorationDetails: null,
  basis: null,
  periodStart: NOW,
  periodEnd: NOW + 31 * DAY,
  metadata: {},
};

export const invoiceLineItem = (change: Partial<InvoiceLineItem> = {}): InvoiceLineItem => ({
  ...resource('il_1'),
  ...content,
  invoice: 'in_1',
  position: 0,
  subtotal: 1000,
  invoiceItem: null,
  discountAmounts: [{ amount: 0, discount: 'di_1' }],
  creditAmounts: [],
  taxes: [tax],
  deferred: 0,
  deferredFrom: 0,
  writtenOff: 0,
  ...change,
});

export const invoiceItem = (change: Partial<InvoiceItem> = {}): InvoiceItem => ({
  ...resource('ii_1'),
  ...content,
  deleted: false,
  customer: 'cus_1',
  testClock: null,
  invoice: null,
  ...change,
});

export const invoicePayment = (change: Partial<InvoicePayment> = {}): InvoicePayment => ({
  ...resource('inpay_1'),
  invoice: 'in_1',
  paymentIntent: 'pi_1',
  paymentRecord: null,
  amountRequested: 1089,
  amountPaid: null,
  currency: 'usd',
  isDefault: true,
  status: 'open',
  paidAt: null,
  canceledAt: null,
  ...change,
});

export const creditNote = (change: Partial<CreditNote> = {}): CreditNote => ({
  ...resource('cn_1'),
  customer: 'cus_1',
  invoice: 'in_1',
  number: 'A1B2C3D4-0001-CN-01',
  status: 'issued',
  type: 'post_payment',
  currency: 'usd',
  nationalTax: null,
  reason: 'order_change',
  memo: 'Sorry',
  effectiveAt: null,
  subtotal: 100,
  subtotalExcludingTax: 100,
  total: 99,
  totalExcludingTax: 90,
  totalDiscountAmounts: [{ amount: 10, discount: 'di_1' }],
  totalCreditAmounts: [],
  totalTaxes: [{ ...tax, amount: 9, taxable_amount: 90 }],
  prePaymentAmount: 0,
  postPaymentAmount: 99,
  outOfBandAmount: null,
  disputeAmount: 0,
  customerBalanceTransaction: 'cbtxn_1',
  refunds: [{ refund: 're_1', amount_refunded: 50 }],
  shippingCost: null,
  voidedAt: null,
  metadata: {},
  ...change,
});

export const creditNoteLineItem = (change: Partial<CreditNoteLineItem> = {}): CreditNoteLineItem => ({
  ...resource('cnli_1'),
  creditNote: 'cn_1',
  position: 0,
  type: 'invoice_line_item',
  invoiceLineItem: 'il_1',
  description: '1 × Pro',
  quantity: null,
  unitAmountDecimal: null,
  amount: 100,
  discountAmounts: [{ amount: 10, discount: 'di_1' }],
  creditAmounts: [{ amount: 5, credit_grant: 'credgr_1', credit_balance_transaction: 'cbtxn_2' }],
  taxes: [{ ...tax, amount: 9, taxable_amount: 90 }],
  deferred: 0,
  metadata: {},
  ...change,
});

export const brandingSettings = (change: Partial<BrandingSettings> = {}): BrandingSettings => ({
  ...resource('brandset_1'),
  branding: {
    background_color: '#ffffff',
    border_style: 'pill',
    button_color: '#0b5cad',
    display_name: 'Northwind',
    font_family: 'inter',
    icon: 'data:image/png;base64,iVBORw0KGgo=',
    logo: null,
  },
  ...change,
});

export const invoiceRenderingTemplate = (change: Partial<InvoiceRenderingTemplate> = {}): InvoiceRenderingTemplate => ({
  ...resource('inrtem_1'),
  nickname: 'Public sector',
  status: 'active',
  version: 1,
  memo: null,
  footer: 'Thank you',
  customFields: [{ name: 'PO', value: '7' }],
  metadata: {},
  ...change,
});

export const documentSettings = (change: Partial<DocumentSettings> = {}): DocumentSettings => ({
  ...resource('docset_1'),
  contact: { name: 'Ada Example', phone: '+49 30 1234', email: 'billing@example.com' },
  bankAccount: { iban: 'DE02120300000000202051', bic: 'BYLADEM1001' },
  memo: null,
  footer: 'Thank you',
  customFields: null,
  pageSize: 'a4',
  ...change,
});

export const taxSettings = (change: Partial<TaxSettings> = {}): TaxSettings => ({
  ...resource('acct_1'),
  headOffice: address,
  taxBehavior: 'exclusive',
  taxCode: 'txcd_10103001',
  ...change,
});

export const taxThreshold = (change: Partial<TaxThresholdNotice> = {}): TaxThresholdNotice => ({
  ...{
    id: 'taxthr_1',
    account: 'acct_1',
    livemode: false,
    created: 1_760_000_000,
    area: 'EU',
    periodStart: 1_735_689_600,
    level: 'approaching',
  },
  standing: {
    ...{ area: 'EU', currency: 'eur', limit: 1_000_000, salesLimit: null, combines: 'or', window: 'calendar_year' },
    ...{ counts: 'cross_border_consumers', periodStart: 1_735_689_600, periodEnd: 1_767_225_600, amount: 850_000, sales: 40, percent: 85 },
    ...{
      status: 'approaching',
      converted: [{ currency: 'sek', amount: 1000, convertedAmount: 90 }],
      leftOut: [{ currency: 'usd', amount: 1000 }],
      source: 'Directive 2006/112/EC, art. 59c',
    },
  },
  ...change,
});

export const taxRegistration = (change: Partial<TaxRegistration> = {}): TaxRegistration => ({
  ...resource('taxreg_1'),
  country: 'DE',
  type: 'standard',
  scheme: 'standard',
  state: null,
  activeFrom: NOW,
  expiresAt: null,
  ...change,
});

export const taxTransaction = (change: Partial<TaxTransaction> = {}): TaxTransaction => ({
  ...resource('tax_1'),
  type: 'reversal',
  reference: 'order-1-back',
  original: 'tax_0',
  calculation: null,
  currency: 'eur',
  customer: null,
  customerDetails: { address, address_source: 'billing', ip_address: null, tax_ids: [], taxability_override: 'none' },
  taxDate: NOW,
  postedAt: NOW,
  lines: [
    {
      id: 'tax_li_2',
      amount: -1000,
      amount_tax: -190,
      metadata: {},
      original_line_item: 'tax_li_1',
      product: 'prod_1',
      quantity: 1,
      reference: 'L1',
      tax_behavior: 'exclusive',
      tax_code: 'txcd_10103001',
    },
  ],
  shippingCost: { amount: -500, amount_tax: 0, tax_behavior: 'exclusive', tax_code: 'txcd_92010001' },
  metadata: {},
  ...change,
});

export const requestedTaxCalculation = (change: Partial<RequestedTaxCalculation> = {}): RequestedTaxCalculation => ({
  ...resource('taxcalc_1'),
  currency: 'eur',
  customer: null,
  customerDetails: { address, address_source: 'billing', ip_address: null, tax_ids: [], taxability_override: 'none' },
  taxDate: NOW,
  expiresAt: NOW + 60,
  shippingCost: null,
  lines: [
    {
      id: 'tax_li_1',
      amount: 1000,
      amount_tax: 190,
      metadata: {},
      product: 'prod_1',
      quantity: 1,
      reference: 'L1',
      tax_behavior: 'exclusive',
      tax_code: 'txcd_10103001',
      tax_breakdown: [
        {
          amount: 190,
          jurisdiction: { country: 'DE', display_name: 'Germany', level: 'country', state: null },
          sourcing: 'destination',
          tax_rate_details: { display_name: 'vat', percentage_decimal: '19.0', tax_type: 'vat' },
          taxability_reason: 'standard_rated',
          taxable_amount: 1000,
        },
      ],
    },
  ],
  ...change,
});

export const webhookEndpoint = (change: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  ...resource('we_1'),
  deleted: false,
  url: 'https://example.com/hook',
  description: null,
  enabledEvents: ['*'],
  status: 'enabled',
  apiVersion: null,
  secrets: [{ secret: 'whsec_x', expires_at: null }],
  metadata: {},
  ...change,
});

export const event = (change: Partial<BillingEvent> = {}): BillingEvent => ({
  ...resource('evt_1'),
  type: 'customer.updated',
  apiVersion: '2026-08-26.dahlia',
  objectId: 'cus_1',
  object: { id: 'cus_1', object: 'customer' },
  previousAttributes: { name: 'Joe' },
  orderKey: 'cus_1',
  workflow: 'api',
  commitKey: 'req_1',
  request: 'req_1',
  idempotencyKey: null,
  thin: false,
  ...change,
});

export const meter = (change: Partial<Meter> = {}): Meter => ({
  ...resource('mtr_1'),
  updated: NOW,
  displayName: 'Calls',
  eventName: 'calls',
  status: 'active',
  deactivatedAt: null,
  formula: 'sum',
  eventTimeWindow: null,
  customerKey: 'stripe_customer_id',
  valueKey: 'value',
  dimensionKeys: ['model'],
  costKey: 'cost',
  costCurrency: 'usd',
  ...change,
});

export const alert = (change: Partial<Alert> = {}): Alert => ({
  ...resource('alrt_1'),
  title: 'Many calls',
  alertType: 'usage_threshold',
  status: 'active',
  activation: 1,
  countsFrom: NOW,
  meter: 'mtr_1',
  currency: null,
  customer: 'cus_1',
  gte: 100,
  recurrence: 'one_time',
  ...change,
});

export const alertTriggered = (change: Partial<AlertTriggered> = {}): AlertTriggered => ({
  ...resource('alrttr_1'),
  alert: 'alrt_1',
  customer: 'cus_1',
  activation: 1,
  number: 0,
  value: '100',
  periodEnd: null,
  ...change,
});

export const paymentRecord = (change: Partial<PaymentRecord> = {}): PaymentRecord => ({
  ...resource('pr_1'),
  customer: 'cus_1',
  currency: 'usd',
  status: 'guaranteed',
  amountRequested: 1000,
  amountGuaranteed: 1000,
  amountFailed: 0,
  amountCanceled: 0,
  amountRefunded: 0,
  latestAttempt: 'par_1',
  customerDetails: { email: null, name: 'Jo', phone: null },
  customerPresence: null,
  description: null,
  paymentMethodDetails: {
    billing_details: { address, email: null, name: null, phone: null },
    custom: { display_name: 'Bank transfer', type: null },
    payment_method: null,
  },
  paymentReference: 'TRX-1',
  shipping: { address, name: 'Jo', phone: null },
  metadata: {},
  ...change,
});
