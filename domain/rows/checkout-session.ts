import type { Branding } from './branding-settings';
import type { AmountTaxDisplay } from './invoice';
import type { IntentOptions } from './payment-intent';
import type { PaymentMethod } from './payment-method';
import type { Address, Metadata, Resource, Shipping } from './resource';
import type { AutomaticTaxProvider } from './tax-provider';
import type { TaxId } from './tax-id';
import type { BillingCycleAnchorConfig } from './subscription';
import type { DiscountParameters } from './subscription-parameters';

/** A sale that a buyer completes on a page: what is sold, what the seller asks for, and what the buyer has answered. */
export interface CheckoutSession extends Resource {
  /** Null until the buyer confirms, unless the seller names one; a guest's payment stays without one. */
  customer: string | null;
  testClock: string | null;
  mode: 'payment' | 'setup' | 'subscription';
  uiMode: 'hosted_page' | 'embedded_page' | 'elements';
  status: 'open' | 'complete' | 'expired';
  clientSecret: string;
  /** Where the buyer completes it. */
  pageUrl: string;
  /** Null in setup mode, unless the seller sets one. */
  currency: string | null;
  expiresAt: number;
  /** The address of the browser that has confirmed it last. Null: none has, or nobody tells it. */
  buyerIp: string | null;
  completedAt: number | null;
  /** What a bank that collects the payment has decided since the completion. Null: the payment needed no bank's decision. */
  asyncPayment: 'failed' | 'pending' | 'succeeded' | null;
  /** What became of the authorization that it was completed with. `captured`: at least a part of it. Null: the payment needed no capture. */
  reservation: 'captured' | 'held' | 'released' | null;
  lineItems: CheckoutLine[];
  amounts: CheckoutAmounts;
  /** Null without automatic tax. */
  taxStatus: 'complete' | 'requires_location_inputs' | null;
  /** Who calculates the tax. Null without automatic tax. */
  taxProvider: AutomaticTaxProvider | null;
  /** At most one; by the ids of the API. */
  discounts: DiscountParameters[];
  settings: CheckoutSettings;
  customerDetails: CheckoutCustomerDetails | null;
  /** The address for goods. */
  shippingDetails: Shipping | null;
  /** The chosen one of `settings.shipping_options`. */
  shippingRate: string | null;
  /** Null until the buyer confirms, and if the seller asks for no consent. */
  consent: { promotions: 'opt_in' | 'opt_out' | null; terms_of_service: 'accepted' | null } | null;
  /** When the buyer asked for the service to begin at once, and agreed to the renewals. Epoch seconds. */
  withdrawalConsentAt: number | null;
  renewalConsentAt: number | null;
  /** `settings.custom_fields` with the buyer's answers. */
  customFields: CheckoutField[];
  /** Made when the buyer confirms. */
  paymentIntent: string | null;
  setupIntent: string | null;
  /** The subscription that the buyer's payment starts. The API shows it when the session is complete. */
  subscription: string | null;
  /** The terms of that subscription, as text: other terms need another one. */
  offer: string | null;
  invoice: string | null;
  /** The card of the latest attempt. */
  paymentMethod: string | null;
  /** How often a buyer has confirmed. A page names the number that it was shown, so two pages cannot both start a payment. */
  attempts: number;
  /** When a buyer last confirmed. Epoch seconds. */
  attemptedAt: number | null;
  paymentLink: string | null;
  clientReferenceId: string | null;
  /** For whom an experiment has chosen its prices. */
  experimentAssignment: string | null;
  /** The expired session that this one continues. */
  recoveredFrom: string | null;
  /** Until when an expired session can be continued; null: it cannot. Epoch seconds. */
  recoveryExpiresAt: number | null;
  metadata: Metadata;
}

/** Minor units of the session's currency. `total` is `subtotal` less discounts, plus exclusive tax and shipping; `due` also counts the customer's balance. */
export interface CheckoutAmounts {
  subtotal: number;
  discount: number;
  tax: number;
  /** Without the tax that is added to it. */
  shipping: number;
  /** What of `tax` is on the shipping. */
  shipping_tax: number;
  /** `shipping` with the tax that is added to it. */
  shipping_total: number;
  total: number;
  due: number;
}

export interface CheckoutLine {
  id: string;
  price: string;
  type: 'one_time' | 'recurring';
  /** Null for a metered price. */
  quantity: number | null;
  adjustable: AdjustableQuantity | null;
  /** The price was described with the line, and is inactive from the start. */
  inline?: true;
  /** The buyer has added it from `settings.optional_items`. */
  optional?: true;
  tax_rates: string[];
  /** The product's name. */
  description: string;
  metadata: Metadata;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
}

export interface AdjustableQuantity {
  enabled: boolean;
  minimum: number | null;
  maximum: number | null;
}

/** In Stripe's snake_case, as stored and shown. */
export interface CheckoutField {
  key: string;
  label: { custom: string; type: 'custom' };
  optional: boolean;
  type: 'dropdown' | 'numeric' | 'text';
  dropdown?: { default_value: string | null; options: { label: string; value: string }[]; value: string | null };
  numeric?: CheckoutText;
  text?: CheckoutText;
}

interface CheckoutText {
  default_value: string | null;
  maximum_length: number | null;
  minimum_length: number | null;
  value: string | null;
}

export interface CheckoutCustomerDetails {
  address: Address | null;
  business_name: string | null;
  email: string | null;
  individual_name: string | null;
  name: string | null;
  phone: string | null;
  tax_exempt: 'exempt' | 'none' | 'reverse' | null;
  tax_ids: Pick<TaxId, 'type' | 'value'>[];
}

/** A buyer of whom nothing is known. */
export const NO_DETAILS: CheckoutCustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
};

/** What the seller has asked for. Only `shipping_options` can change later. In Stripe's snake_case. */
export interface CheckoutSettings {
  success_url: string | null;
  cancel_url: string | null;
  return_url: string | null;
  redirect_on_completion: 'always' | 'if_required' | 'never' | null;
  /** Whether an expired session can be continued, and whether the buyer may then enter a code. */
  after_expiration: { allow_promotion_codes: boolean; enabled: boolean } | null;
  allow_promotion_codes: boolean | null;
  automatic_tax: boolean;
  billing_address_collection: 'auto' | 'required' | null;
  /** Null in sessions from before there was branding. */
  branding: Branding | null;
  /** What a payment link's buyer reads after the purchase; null: the usual words. */
  confirmation_message: string | null;
  consent_collection: CheckoutConsentCollection | null;
  /** Without answers. */
  custom_fields: CheckoutField[];
  custom_text: CheckoutTexts;
  customer_creation: 'always' | 'if_required' | null;
  customer_email: string | null;
  /** What of an existing customer the buyer's entries replace. */
  customer_update: Record<'address' | 'name' | 'shipping', 'auto' | 'never'> | null;
  /** What the invoice of a sale says; null: a sale has none. */
  invoice_creation: CheckoutInvoiceData | null;
  locale: string | null;
  name_collection: CheckoutNameCollection | null;
  /** What the buyer may add. */
  optional_items: OptionalItem[];
  payment_method_collection: 'always' | 'if_required' | null;
  /** What each type is asked for; null: nothing. */
  payment_method_options: IntentOptions | null;
  payment_method_types: string[];
  /** The configuration that decided them; null if the request named them. */
  payment_method_configuration: string | null;
  phone_number_collection: boolean;
  saved_payment_method_options: SavedMethodOptions | null;
  shipping_address_collection: { allowed_countries: string[] } | null;
  /** By the ids of shipping rates, with what each costs in the session's currency. */
  shipping_options: ShippingOption[];
  submit_type: 'auto' | 'book' | 'donate' | 'pay' | 'subscribe' | null;
  subscription_data: CheckoutSubscriptionData | null;
  tax_id_collection: { enabled: boolean; required: 'if_supported' | 'never' };
  payment_intent_data: CheckoutPaymentData | null;
  setup_intent_data: { description: string | null; metadata: Metadata } | null;
  /** Absent: the seller has said nothing of them. */
  wallet_options?: { link?: { display?: 'auto' | 'never' | undefined } | undefined };
}

export interface OptionalItem {
  adjustable_quantity: AdjustableQuantity | null;
  price: string;
  quantity: number;
}

/** Which of the customer's saved cards the page offers, and what the buyer may do with them. */
export interface SavedMethodOptions {
  allow_redisplay_filters: PaymentMethod['allowRedisplay'][] | null;
  payment_method_remove: 'disabled' | 'enabled' | null;
  payment_method_save: 'disabled' | 'enabled' | null;
}

export interface CheckoutInvoiceData {
  account_tax_ids: string[] | null;
  custom_fields: { name: string; value: string }[] | null;
  description: string | null;
  footer: string | null;
  metadata: Metadata;
  rendering_options: { amount_tax_display: AmountTaxDisplay | null; template: string | null } | null;
}

export interface ShippingOption {
  shipping_amount: number;
  shipping_rate: string;
}

export interface CheckoutConsentCollection {
  payment_method_reuse_agreement: { position: 'auto' | 'hidden' } | null;
  promotions: 'auto' | 'none' | null;
  terms_of_service: 'none' | 'required' | null;
}

/** What the seller adds to the page, at these places. */
export type CheckoutTexts = Record<CheckoutTextPlace, { message: string } | null>;
export const CHECKOUT_TEXT_PLACES = ['after_submit', 'shipping_address', 'submit', 'terms_of_service_acceptance'] as const;
export type CheckoutTextPlace = (typeof CHECKOUT_TEXT_PLACES)[number];

/** The names that the page asks for besides the name on the card. */
export type CheckoutNameCollection = Partial<Record<'business' | 'individual', { enabled: boolean; optional: boolean }>>;

export interface CheckoutSubscriptionData {
  default_tax_rates: string[];
  description: string | null;
  metadata: Metadata;
  trial_end: number | null;
  trial_period_days: number | null;
  trial_settings: { end_behavior: { missing_payment_method: 'cancel' | 'create_invoice' | 'pause' } } | null;
  billing_cycle_anchor: number | null;
  billing_cycle_anchor_config: BillingCycleAnchorConfig | null;
  billing_mode: { type: 'classic' | 'flexible' } | null;
  proration_behavior: 'create_prorations' | 'none' | null;
}

export interface CheckoutPaymentData {
  capture_method: 'automatic' | 'automatic_async' | 'manual' | null;
  description: string | null;
  metadata: Metadata;
  receipt_email: string | null;
  setup_future_usage: 'off_session' | 'on_session' | null;
  /** Where the seller sends the goods, if the page does not ask. */
  shipping: Shipping | null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
}

/** Whether there is something to pay, and whether it is paid. */
export function paymentStatusOf(session: CheckoutSession): 'no_payment_required' | 'paid' | 'unpaid' {
  if (session.mode === 'setup') return 'no_payment_required';
  if (session.status !== 'complete') return 'unpaid';
  if (session.amounts.total === 0) return 'no_payment_required';
  return isAwaited(session) || isLost(session) ? 'unpaid' : 'paid';
}

/** Whether the buyer has done everything, and the money may still come: a bank collects it, or the seller has not captured it. */
export const isAwaited = ({ asyncPayment, reservation }: Pick<CheckoutSession, 'asyncPayment' | 'reservation'>): boolean =>
  asyncPayment === 'pending' || reservation === 'held';

/** Whether the session is complete and its money never comes: the bank has refused it, or nothing was captured of what was reserved. */
export const isLost = ({ asyncPayment, reservation }: Pick<CheckoutSession, 'asyncPayment' | 'reservation'>): boolean =>
  asyncPayment === 'failed' || reservation === 'released';
