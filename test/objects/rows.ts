/** Rows of every kind as a database would hold them, complete and small; a test overrides what it is about. */
import { defaultAccountSettings, type Account } from '../../domain/account';
import type { BalanceTransaction } from '../../domain/balance-transaction';
import type { Charge } from '../../domain/charge';
import type { Customer, CustomerBalanceTransaction } from '../../domain/customer';
import type { Coupon, Discount } from '../../domain/discount';
import type { Dispute } from '../../domain/dispute';
import type { BillingEvent, WebhookEndpoint } from '../../domain/event';
import type { Invoice, InvoiceItem, InvoiceLineItem, InvoicePayment } from '../../domain/invoice';
import type { PaymentError, PaymentIntent, SetupIntent } from '../../domain/payment-intent';
import type { BillingDetails, Card, PaymentMethod } from '../../domain/payment-method';
import type { Price } from '../../domain/price';
import type { Product } from '../../domain/product';
import type { Refund } from '../../domain/refund';
import type { Address } from '../../domain/resource';
import type { Subscription, SubscriptionItem } from '../../domain/subscription';
import type { CustomerTaxId } from '../../domain/tax-id';
import type { TaxRate } from '../../domain/tax-rate';
import type { TestClock } from '../../domain/test-clock';

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
  settings: defaultAccountSettings('ACME'),
  nextInvoiceSequence: 1,
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
  currency: 'usd',
  delinquent: false,
  invoicePrefix: 'A1B2C3D4',
  nextInvoiceSequence: 2,
  invoiceSettings: { custom_fields: null, default_payment_method: 'pm_1', footer: null },
  preferredLocales: ['de'],
  taxExempt: 'none',
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
  description: null,
  metadata: {},
  ...change,
});

export const customerTaxId = (change: Partial<CustomerTaxId> = {}): CustomerTaxId => ({
  ...resource('txi_1'),
  deleted: false,
  customer: 'cus_1',
  type: 'eu_vat',
  value: 'DE123456789',
  ...change,
});

export const product = (change: Partial<Product> = {}): Product => ({
  ...resource('prod_1'),
  updated: NOW,
  deleted: false,
  active: true,
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

export const price = (change: Partial<Price> = {}): Price => ({
  ...resource('price_1'),
  product: 'prod_1',
  active: true,
  type: 'recurring',
  currency: 'usd',
  unitAmount: 1000,
  unitAmountDecimal: '1000',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed', trial_period_days: null },
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
  duration: 'repeating',
  durationInMonths: 3,
  maxRedemptions: 2,
  redeemBy: NOW + DAY,
  timesRedeemed: 1,
  appliesTo: { products: ['prod_1'] },
  metadata: {},
  ...change,
});

export const discount = (change: Partial<Discount> = {}): Discount => ({
  ...resource('di_1'),
  deleted: false,
  coupon: 'acct_1/test/SPRING',
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
  gateway: 'sandbox',
  gatewayReference: 'succeeds',
  setUp: true,
  riskLevel: 'normal',
  metadata: {},
  ...change,
});

const nextAction = { type: 'redirect_to_url' as const, url: 'https://bank.example/3ds', return_url: null };

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
  automaticPaymentMethods: null,
  paymentMethodOptions: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
  attempts: 1,
  returnUrl: null,
  subscription: null,
  hasWorkflow: false,
  metadata: {},
  ...change,
});

export const paymentIntent = (change: Partial<PaymentIntent> = {}): PaymentIntent => ({
  ...resource('pi_1'),
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
  automaticPaymentMethods: { enabled: true, allow_redirects: 'always' },
  paymentMethodOptions: { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
  setupFutureUsage: 'off_session',
  latestCharge: null,
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
  cancelRequested: false,
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
  gatewayReference: null,
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
  outside: null,
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
  isChargeRefundable: false,
  evidence: {},
  dueBy: NOW + 9 * DAY,
  submittedAt: null,
  submissionCount: 0,
  decidesAt: null,
  closedAt: null,
  balanceTransactions: ['txn_1'],
  paymentMethodDetails: { card },
  gatewayReference: null,
  outside: null,
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
  cancelAt: null,
  cancelAtPeriodEnd: false,
  canceledAt: null,
  endedAt: null,
  cancellationDetails: { comment: null, feedback: null, reason: null },
  pauseCollection: null,
  pausedAt: null,
  resumptionInvoice: null,
  pendingUpdate: null,
  pendingSetupIntent: null,
  disputedBy: null,
  latestInvoice: 'in_1',
  defaultPaymentMethod: null,
  defaultTaxRates: ['txr_1'],
  discounts: ['di_1'],
  paymentSettings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
  invoiceSettings: {},
  description: null,
  metadata: {},
  ...change,
});

export const subscriptionItem = (change: Partial<SubscriptionItem> = {}): SubscriptionItem => ({
  ...resource('si_1'),
  deleted: false,
  subscription: 'sub_1',
  price: 'price_1',
  quantity: 1,
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
  hidden: false,
  deleted: false,
  customer: 'cus_1',
  subscription: 'sub_1',
  testClock: null,
  cause: 'create',
  cycleAt: null,
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
  finalizedAt: NOW,
  paidAt: null,
  voidedAt: null,
  markedUncollectibleAt: null,
  pastDueAt: null,
  subtotal: 1000,
  subtotalExcludingTax: 1000,
  total: 1089,
  totalExcludingTax: 1000,
  totalDiscountAmounts: [{ amount: 0, discount: 'di_1' }],
  totalTaxes: [tax],
  startingBalance: 0,
  endingBalance: 0,
  amountDue: 1089,
  amountPaid: 0,
  amountRemaining: 1089,
  paidOutOfBand: false,
  paymentIntent: 'pi_1',
  defaultPaymentMethod: null,
  defaultTaxRates: ['txr_1'],
  discounts: [],
  paymentSettings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  subscriptionMetadata: { plan: 'gold' },
  customerDetails: { address, email: 'before@example.com', name: 'Jo', phone: null, shipping: null, tax_exempt: 'none' },
  description: null,
  footer: null,
  customFields: null,
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
  subscription: 'sub_1',
  subscriptionItem: 'si_1',
  proration: false,
  prorationDetails: null,
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
  taxes: [tax],
  deferred: 0,
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
  amountRequested: 1089,
  amountPaid: null,
  currency: 'usd',
  isDefault: true,
  status: 'open',
  paidAt: null,
  canceledAt: null,
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
  cause: 'req_1',
  request: 'req_1',
  idempotencyKey: null,
  ...change,
});
