/** Renders rows as Stripe's objects, by kind. Pure: the same rows and the same instant always render the same. */
import type { z } from 'zod';
import type { RowKind, RowTypes, Rows } from '../domain/rows/rows';
import { toStripeAccount } from './account';
import { toStripeAlert, toStripeAlertTriggered } from './alert';
import { toStripeBalanceTransaction } from './balance-transaction';
import { toStripeCard } from './card';
import { toStripeCharge } from './charge';
import { toStripeConfirmationToken } from './confirmation-token';
import { toStripeCustomerSession } from './customer-session';
import { toStripePaymentMethodConfiguration } from './payment-method-configuration';
import { toStripeCheckoutSession } from './checkout-session';
import { toStripeCoupon } from './coupon';
import { toStripeCreditBalanceTransaction, toStripeCreditGrant } from './credit-grant';
import { toStripeCreditNote } from './credit-note';
import { toStripeCreditNoteLineItem } from './credit-note-line-item';
import { toCreditTopUp } from './credit-top-up';
import { toStripeCustomer, toStripeCustomerBalanceTransaction } from './customer';
import { DELETED_NAMES } from './deleted';
import { toStripeDeletedDiscount, toStripeDiscount } from './discount';
import { toBrandingSettings } from './branding-settings';
import { toDocumentSettings } from './document-settings';
import { toStripeDispute } from './dispute';
import { toMrrMovement } from './insight';
import { toStripeActiveEntitlement, toStripeEntitlementFeature, toStripeProductFeature } from './entitlement';
import { toStripeFile, toStripeFileLink } from './file';
import { toStripeInvoice } from './invoice';
import { toStripeInvoiceItem } from './invoice-item';
import { toStripeInvoiceLineItem } from './invoice-line-item';
import { toInvoiceRenderingTemplate } from './invoice-rendering-template';
import { toStripeInvoicePayment } from './invoice-payment';
import { toStripePaymentRecord } from './payment-record';
import { toLicense, toLicenseActivation, toLicensePolicy, toLicenseSigningKey } from './license';
import { toProductDownload } from './product-download';
import { toMail, toMailSuppression } from './mail';
import { toStripeMeter } from './meter';
import { toStripePaymentEvaluation } from './payment-evaluation';
import { toStripePaymentIntent } from './payment-intent';
import { toExperiment } from './experiment';
import { toPricingTable } from './pricing-table';
import { toCustomerRequest } from './customer-request';
import { toPortalRetentionOffer } from './portal-retention-offer';
import { toStripePortalConfiguration } from './portal-configuration';
import { toStripePortalSession } from './portal-session';
import { toStripePaymentLink } from './payment-link';
import { toStripePaymentMethod } from './payment-method';
import { toStripePlan } from './plan';
import { toStripePrice } from './price';
import { toStripeProduct } from './product';
import { toStripePromotionCode } from './promotion-code';
import { toStripeQuote } from './quote';
import { toStripeRefund } from './refund';
import { toStripeEarlyFraudWarning, toStripeReview } from './review';
import { toStripeMandate } from './mandate';
import { toStripeSetupIntent } from './setup-intent';
import type { SHAPES } from './shapes';
import { toStripeSubscription } from './subscription';
import { toStripeSubscriptionItem } from './subscription-item';
import { toStripeSubscriptionSchedule } from './subscription-schedule';
import { toRecovery, toRecoveryProgram, toRecoveryProgramVersion } from './recovery-program';
import { toFraudDecision, toRadarRule } from './radar';
import { toStripeValueList, toStripeValueListItem } from './value-list';
import { toSupportMessage, toSupportTicket } from './support-ticket';
import { toCutover } from './cutover';
import { toShadowInvoice } from './shadow-invoice';
import { toTask } from './task';
import { toStripeTaxCalculation } from './tax-calculation';
import { toStripeTaxTransaction } from './tax-transaction';
import { toStripeTaxId } from './tax-id';
import { toStripeShippingRate } from './shipping-rate';
import { toStripeTaxRate } from './tax-rate';
import { toStripeTaxRegistration } from './tax-registration';
import { toStripeTaxSettings } from './tax-settings';
import { toTaxThreshold } from './tax-threshold';
import { toStripeTestClock } from './test-clock';
import { toStripeWebhookEndpoint } from './webhook-endpoint';
import { BEFORE_ALL_DEADLINES, deleted, type RenderContext } from './wire';

/** The kinds that the API shows. Attempts, assignments of experiments, usage periods, purchases of credit, tax records and links to log in are visible only by their effects. */
export type WireKind = Exclude<
  RowKind,
  | 'paymentAttempt'
  | 'experimentAssignment'
  | 'usagePeriod'
  | 'creditPurchase'
  | 'taxCalculation'
  | 'locationEvidence'
  | 'taxRecord'
  | 'portalLogin'
>;

/**
 * A row as in API answers: without expansion; a deleted row in its short deleted form.
 *
 * @param context the present instant, which some fields depend on (a coupon's last day, available funds, late evidence), and the links to
 *   documents. Without them, nothing has expired yet, and links lead nowhere.
 */
export function render(kind: RowKind, key: string, rows: Rows, context: Partial<RenderContext> = {}): Record<string, unknown> {
  const row = rows.get(kind, key);
  if ('deleted' in row && row.deleted && isWire(kind)) return deletedForm(kind, row);
  return snapshot(kind, key, rows, context);
}

/** A row as in events: `customer.deleted` shows the deleted customer in full. */
export function snapshot(kind: RowKind, key: string, rows: Rows, context: Partial<RenderContext> = {}): Record<string, unknown> {
  if (!isWire(kind)) throw new Error(`${kind} is not on Stripe's wire`);
  const toStripe = RENDERERS[kind] as (row: object, rows: Rows, context: RenderContext) => object;
  return toStripe(rows.get(kind, key), rows, { ...BEFORE_ALL_DEADLINES, ...context }) as Record<string, unknown>;
}

/** Each shows exactly its shape. */
type Renderers = { [K in WireKind]: (row: RowTypes[K], rows: Rows, context: RenderContext) => z.output<(typeof SHAPES)[K]> };

const RENDERERS: Renderers = {
  account: toStripeAccount,
  testClock: toStripeTestClock,
  customer: toStripeCustomer,
  customerBalanceTransaction: toStripeCustomerBalanceTransaction,
  taxId: toStripeTaxId,
  creditGrant: toStripeCreditGrant,
  creditBalanceTransaction: toStripeCreditBalanceTransaction,
  creditTopUp: toCreditTopUp,
  product: toStripeProduct,
  price: toStripePrice,
  plan: toStripePlan,
  taxRate: toStripeTaxRate,
  shippingRate: toStripeShippingRate,
  requestedTaxCalculation: toStripeTaxCalculation,
  taxTransaction: toStripeTaxTransaction,
  brandingSettings: toBrandingSettings,
  documentSettings: toDocumentSettings,
  invoiceRenderingTemplate: toInvoiceRenderingTemplate,
  taxSettings: toStripeTaxSettings,
  taxRegistration: toStripeTaxRegistration,
  taxThreshold: ({ standing }) => toTaxThreshold(standing),
  meter: toStripeMeter,
  alert: toStripeAlert,
  alertTriggered: toStripeAlertTriggered,
  coupon: (coupon, _rows, context) => toStripeCoupon(coupon, context),
  promotionCode: toStripePromotionCode,
  discount: toStripeDiscount,
  paymentMethod: toStripePaymentMethod,
  card: toStripeCard,
  mandate: toStripeMandate,
  setupIntent: toStripeSetupIntent,
  paymentIntent: toStripePaymentIntent,
  charge: toStripeCharge,
  refund: toStripeRefund,
  dispute: toStripeDispute,
  review: toStripeReview,
  earlyFraudWarning: toStripeEarlyFraudWarning,
  balanceTransaction: (movement, _rows, context) => toStripeBalanceTransaction(movement, context),
  subscription: toStripeSubscription,
  subscriptionItem: toStripeSubscriptionItem,
  subscriptionSchedule: toStripeSubscriptionSchedule,
  quote: toStripeQuote,
  checkoutSession: toStripeCheckoutSession,
  confirmationToken: toStripeConfirmationToken,
  customerSession: toStripeCustomerSession,
  paymentMethodConfiguration: toStripePaymentMethodConfiguration,
  paymentLink: toStripePaymentLink,
  pricingTable: toPricingTable,
  experiment: toExperiment,
  file: toStripeFile,
  fileLink: toStripeFileLink,
  licensePolicy: toLicensePolicy,
  licenseSigningKey: toLicenseSigningKey,
  license: toLicense,
  licenseActivation: toLicenseActivation,
  productDownload: toProductDownload,
  entitlementFeature: toStripeEntitlementFeature,
  productFeature: toStripeProductFeature,
  activeEntitlement: toStripeActiveEntitlement,
  mrrMovement: toMrrMovement,
  portalConfiguration: toStripePortalConfiguration,
  portalSession: toStripePortalSession,
  portalRetentionOffer: toPortalRetentionOffer,
  customerRequest: toCustomerRequest,
  mail: toMail,
  mailSuppression: toMailSuppression,
  invoice: toStripeInvoice,
  invoiceLineItem: toStripeInvoiceLineItem,
  invoiceItem: toStripeInvoiceItem,
  invoicePayment: toStripeInvoicePayment,
  paymentRecord: toStripePaymentRecord,
  creditNote: toStripeCreditNote,
  creditNoteLineItem: toStripeCreditNoteLineItem,
  task: toTask,
  shadowInvoice: toShadowInvoice,
  cutover: toCutover,
  dunning: toRecovery,
  recoveryProgram: toRecoveryProgram,
  recoveryProgramVersion: toRecoveryProgramVersion,
  radarRule: toRadarRule,
  valueList: toStripeValueList,
  valueListItem: toStripeValueListItem,
  fraudDecision: toFraudDecision,
  paymentEvaluation: toStripePaymentEvaluation,
  supportTicket: toSupportTicket,
  supportMessage: toSupportMessage,
  webhookEndpoint: (endpoint) => toStripeWebhookEndpoint(endpoint),
};

function isWire(kind: RowKind): kind is WireKind {
  return kind in RENDERERS;
}

function deletedForm(kind: WireKind, row: RowTypes[WireKind]): Record<string, unknown> {
  const name = (DELETED_NAMES as Partial<Record<WireKind, string>>)[kind];
  const form = name === undefined ? toStripeDeletedDiscount(row as RowTypes['discount']) : deleted(name, (row as { id: string }).id);
  return { ...form };
}
