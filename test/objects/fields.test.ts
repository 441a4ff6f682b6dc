import type { ApiVersion } from '../../domain/rows/api-version';
import { keyOf } from '../../domain/rows/rows';
import { render, type WireKind } from '../../objects';
import { inVersion } from '../../objects/version';
import { OBJECT_NAMES } from '../../server/expansion/names';
import type { Sdk } from '../support/stripe-parameters';
import { everything } from './everything';
import { absencesOf, stripeFields, type Absence } from './stripe-fields';

/** The names of the SDK's types, where they are not those of the kinds. */
const TYPES: Partial<Record<WireKind, string>> = {
  testClock: 'TestHelpers.TestClock',
  taxId: 'TaxId',
  taxSettings: 'Tax.Settings',
  taxRegistration: 'Tax.Registration',
  requestedTaxCalculation: 'Tax.Calculation',
  taxTransaction: 'Tax.Transaction',
  creditGrant: 'Billing.CreditGrant',
  creditBalanceTransaction: 'Billing.CreditBalanceTransaction',
  meter: 'Billing.Meter',
  checkoutSession: 'Checkout.Session',
  paymentLink: 'PaymentLink',
  portalConfiguration: 'BillingPortal.Configuration',
  portalSession: 'BillingPortal.Session',
  entitlementFeature: 'Entitlements.Feature',
  activeEntitlement: 'Entitlements.ActiveEntitlement',
  paymentEvaluation: 'Radar.PaymentEvaluation',
  earlyFraudWarning: 'Radar.EarlyFraudWarning',
  valueList: 'Radar.ValueList',
  valueListItem: 'Radar.ValueListItem',
  alert: 'Billing.Alert',
  alertTriggered: 'Billing.AlertTriggered',
};

const SDKS: readonly (readonly [Sdk, ApiVersion])[] = [
  ['stripe', '2026-08-26.dahlia'],
  ['stripe-23', '2026-10-28.endive'],
];
const types = new Map(SDKS.map(([sdk]) => [sdk, stripeFields(sdk)]));
/** Kinds that Stripe does not have. */
const OWN: readonly WireKind[] = [
  'brandingSettings',
  'creditTopUp',
  'customerRequest',
  'documentSettings',
  'experiment',
  'license',
  'licenseActivation',
  'licensePolicy',
  'licenseSigningKey',
  'portalRetentionOffer',
  'pricingTable',
  'productDownload',
  'fraudDecision',
  'radarRule',
  'task',
  'shadowInvoice',
  'cutover',
  'dunning',
  'recoveryProgram',
  'recoveryProgramVersion',
  'supportMessage',
  'supportTicket',
  'mail',
  'mailSuppression',
  'mrrMovement',
  'taxThreshold',
];
const kinds = (Object.keys(OBJECT_NAMES) as WireKind[]).filter((kind) => !OWN.includes(kind));
const cases = SDKS.flatMap(([sdk, version]) => kinds.map((kind) => ({ sdk, version, kind })));

function absent({ sdk, version, kind }: (typeof cases)[number]): Absence[] {
  const [row] = everything.all(kind);
  const shown = inVersion(render(kind, row ? keyOf(kind, row) : '', everything), version);
  const name = TYPES[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return absencesOf(types.get(sdk) ?? new Map(), name, shown);
}

/** What the SDK requires, and a conforming answer does not have. */
const NOT_SENT: Partial<Record<WireKind, readonly string[]>> = {
  // It belongs to API versions before payment methods and prices; the published schema does not have it.
  charge: ['level3', 'source'],
  // The score knows one signal.
  paymentEvaluation: ['signals.early_fraud_warning', 'signals.fraudulent_dispute'],
  product: ['type'],
};

test.each(cases)('$kind has every field that $sdk requires', (of) => {
  const required = absent(of).filter(({ isRequired }) => isRequired);
  expect(required.map(({ path }) => path).filter((path) => !NOT_SENT[of.kind]?.includes(path))).toEqual([]);
});

/**
 * Fields that Stripe has only sometimes: Dunlin never, or not in these examples. By their last names, with the reason.
 */
const SOMETIMES: readonly (readonly [why: string, fields: string])[] = [
  ['the form of a deleted object, and a secret that is shown once', 'deleted secret'],
  [
    'shown when `expand` asks for it',
    'applies_to breakdown cash_balance confirmation_secret currency_options invoice_credit_balance line_items payments prices ' +
      'products refunds sources subscriptions tax tax_ids tiers',
  ],
  [
    'ways to pay that are no cards',
    'paypay_payments ach_credit_transfer ach_debit acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_bank_transfer au_becs_debit ' +
      'bacs_debit bancontact billie bizum blik boleto br_bank_transfer card_present cashapp crypto custom customer_balance ' +
      'customer_cash_balance eps eu_bank_transfer fpx gb_bank_transfer giropay grabpay ideal interac_present jp_bank_transfer ' +
      'kakao_pay klarna konbini kr_card link mb_way mobilepay momo multibanco mx_bank_transfer naver_pay nz_bank_account ' +
      'nz_bank_transfer oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay revolut revolut_pay samsung_pay ' +
      'satispay scalapay sepa_credit_transfer sepa_debit sequra sofort stripe_account sunbit swish th_bank_transfer twint upi ' +
      'us_bank_account us_bank_transfer wechat wechat_pay zip',
  ],
  [
    'what the payer does for another way to pay',
    'alipay_handle_redirect blik_authorize boleto_display_details card_await_notification cashapp_handle_redirect_or_display_qr_code ' +
      'display_bank_transfer_instructions klarna_display_qr_code konbini_display_details multibanco_display_details ' +
      'oxxo_display_details paynow_display_qr_code pix_display_qr_code promptpay_display_qr_code ' +
      'swish_handle_redirect_or_display_qr_code upi_handle_redirect_or_display_qr_code use_stripe_sdk verify_with_microdeposits ' +
      'wechat_pay_display_qr_code wechat_pay_redirect_to_android_app wechat_pay_redirect_to_ios_app next_action',
  ],
  [
    'the tax on shipping by place, which only a calculation shows, and the rates of shipping, which Dunlin does not have',
    'tax_breakdown shipping_rate',
  ],
  [
    'Connect, and what an account tells of the people behind it',
    'account application attach_to_self available_payout_methods currency default_for_currency status company controller external_accounts future_requirements groups individual requirements ' +
      'tos_acceptance transfer treasury creditor_id user_agent on_behalf_of',
  ],
  [
    'of products and options that Dunlin does not have',
    'excluded_payment_method_types after_expiration optional_items tax_id_collection installments restrictions appeal automatic_tax billed_until business_name capture_method discount_amount error hooks individual_name instructions_email ' +
      'mastercard_compliance monthly_estimated_revenue name_collection presentment_details radar_options request_extended_authorization ' +
      'request_incremental_authorization request_multicapture request_overcapture require_cvc_recollection session ' +
      'setup_credential_usage setup_future_usage shipping statement_descriptor_suffix_kana statement_descriptor_suffix_kanji ' +
      'stored_credential_usage stripe_report trial visa_compelling_evidence_3 visa_compliance',
  ],
  ['for internal use of Stripe, or of older versions', 'description iin issuer moto authorization_code level3 network_reason_code'],
  [
    'there while it is so',
    'pending advancing amount redirect_on_completion return_url hosted_confirmation capture_before charge credit_balance_transaction failure_balance_transaction failure_reason net_amount ' +
      'payment_record pending_reason proration_details reference rule status_details subscription_proration_date threshold_reason timestamp ' +
      'tracking_number carrier user_report monthly_anchor monthly_payout_days weekly_anchor weekly_payout_days offline single_use',
  ],
];

/** An account has its own capabilities, a tax registration the options of its own country, and a payment record no card. */
const HAS_ITS_OWN = /^((capabilities|country_options)\.|payment_method_details\.card$)/;

test.each(cases)('$kind lacks an optional field of $sdk only for a listed reason', (of) => {
  const known = new Set(SOMETIMES.flatMap(([, fields]) => fields.split(' ')));
  const unexplained = absent(of).filter(
    ({ isRequired, path }) => !isRequired && !HAS_ITS_OWN.test(path) && !known.has(path.split('.').at(-1) ?? ''),
  );
  expect(unexplained.map(({ path }) => path)).toEqual([]);
});
