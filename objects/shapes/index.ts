/**
 * The shape of every object in `API_VERSION`. A renderer's return type is its shape's output, so the compiler keeps the two together;
 * `server/docs` generates the OpenAPI document from them. A reference is an id here: `server/expansion/expandable.ts` says what `expand`
 * can open, and `shapes/endive.ts` what endive adds.
 */
import { account } from './account';
import { alert, alertTriggered } from './alert';
import { balanceTransaction } from './balance-transaction';
import { card } from './card';
import { charge } from './charge';
import { confirmationToken } from './confirmation-token';
import { customerSession } from './customer-session';
import { paymentMethodConfiguration } from './payment-method-configuration';
import { checkoutSession } from './checkout-session';
import { coupon } from './coupon';
import { creditBalanceTransaction, creditGrant } from './credit-grant';
import { creditNote } from './credit-note';
import { creditNoteLineItem } from './credit-note-line-item';
import { creditTopUp } from './credit-top-up';
import { customer, customerBalanceTransaction } from './customer';
import { discount } from './discount';
import { dispute } from './dispute';
import { invoice } from './invoice';
import { invoiceItem } from './invoice-item';
import { invoiceLineItem } from './invoice-line-item';
import { paymentRecord } from './payment-record';
import { invoicePayment } from './invoice-payment';
import { license, licenseActivation, licensePolicy, licenseSigningKey } from './license';
import { mail } from './mail';
import { mailSuppression } from './mail-suppression';
import { meter } from './meter';
import { productDownload } from './product-download';
import { paymentIntent } from './payment-intent';
import { paymentMethod } from './payment-method';
import { plan } from './plan';
import { price } from './price';
import { product } from './product';
import { activeEntitlement, entitlementFeature, productFeature } from './entitlement';
import { mrrMovement } from './insight';
import { experiment } from './experiment';
import { file, fileLink } from './file';
import { customerRequest } from './customer-request';
import { portalRetentionOffer } from './portal-retention-offer';
import { portalConfiguration } from './portal-configuration';
import { portalSession } from './portal-session';
import { pricingTable } from './pricing-table';
import { paymentLink } from './payment-link';
import { promotionCode } from './promotion-code';
import { paymentEvaluation } from './payment-evaluation';
import { quote } from './quote';
import { refund } from './refund';
import { earlyFraudWarning, review } from './review';
import { mandate } from './mandate';
import { setupIntent } from './setup-intent';
import { subscription } from './subscription';
import { subscriptionItem } from './subscription-item';
import { subscriptionSchedule } from './subscription-schedule';
import { fraudDecision, radarRule } from './radar';
import { cutover, shadowInvoice } from './import';
import { task } from './task';
import { recovery, recoveryProgram, recoveryProgramVersion } from './recovery-program';
import { valueList, valueListItem } from './value-list';
import { supportMessage, supportTicket } from './support-ticket';
import { taxCalculation } from './tax-calculation';
import { taxTransaction } from './tax-transaction';
import { taxId } from './tax-id';
import { shippingRate } from './shipping-rate';
import { taxRate } from './tax-rate';
import { taxRegistration } from './tax-registration';
import { brandingSettings } from './branding-settings';
import { invoiceRenderingTemplate } from './invoice-rendering-template';
import { documentSettings } from './document-settings';
import { taxSettings } from './tax-settings';
import { taxThreshold } from './tax-threshold';
import { testClock } from './test-clock';
import { webhookEndpoint } from './webhook-endpoint';

export const SHAPES = {
  account,
  testClock,
  customer,
  customerBalanceTransaction,
  taxId: taxId,
  creditGrant,
  creditBalanceTransaction,
  creditTopUp,
  product,
  price,
  plan,
  taxRate,
  shippingRate,
  requestedTaxCalculation: taxCalculation,
  taxTransaction,
  brandingSettings,
  documentSettings,
  invoiceRenderingTemplate,
  taxSettings,
  taxRegistration,
  taxThreshold,
  meter,
  alert,
  alertTriggered,
  coupon,
  promotionCode,
  discount,
  paymentMethod,
  card,
  mandate,
  setupIntent,
  paymentIntent,
  charge,
  refund,
  dispute,
  review,
  earlyFraudWarning,
  balanceTransaction,
  subscription,
  subscriptionItem,
  subscriptionSchedule,
  quote,
  checkoutSession,
  confirmationToken,
  customerSession,
  paymentMethodConfiguration,
  paymentLink,
  pricingTable,
  experiment,
  file,
  fileLink,
  licensePolicy,
  licenseSigningKey,
  license,
  licenseActivation,
  productDownload,
  entitlementFeature,
  productFeature,
  activeEntitlement,
  mrrMovement,
  portalConfiguration,
  portalSession,
  portalRetentionOffer,
  customerRequest,
  mail,
  mailSuppression,
  invoice,
  invoiceLineItem,
  invoiceItem,
  invoicePayment,
  paymentRecord,
  creditNote,
  creditNoteLineItem,
  task,
  shadowInvoice,
  cutover,
  dunning: recovery,
  recoveryProgram,
  recoveryProgramVersion,
  radarRule,
  valueList,
  valueListItem,
  fraudDecision,
  paymentEvaluation,
  supportTicket,
  supportMessage,
  webhookEndpoint,
};
