/** Callers' parameters for checkout sessions, as the route's schema parsed them from Stripe's form; absent means not sent. */
import type { IntentOptions } from '../rows/payment-intent';
import type { PriceData } from '../price/inline-price';
import type { ShippingRateAsked } from '../price/shipping-rates';
import type {
  CheckoutConsentCollection,
  CheckoutPaymentData,
  CheckoutSession,
  CheckoutSettings,
  CheckoutSubscriptionData,
  CheckoutTexts,
  SavedMethodOptions,
} from '../rows/checkout-session';
import type { AmountTaxDisplay } from '../rows/invoice';
import type { Metadata } from '../rows/resource';
import type { DiscountParameters } from '../rows/subscription-parameters';

type Sent<T> = { [K in keyof T]?: T[K] | undefined };

/** A new product that only this line sells. */
export interface ProductData {
  name: string;
  description?: string | undefined;
  metadata?: Metadata | null | undefined;
  tax_code?: string | undefined;
}

export interface CheckoutPriceData extends Omit<PriceData, 'product'> {
  product?: string | undefined;
  product_data?: ProductData | undefined;
}

export interface CheckoutLineParameters {
  /** For an existing line: it stays, with the changed fields. */
  id?: string | undefined;
  adjustable_quantity?: { enabled: boolean; minimum?: number | undefined; maximum?: number | undefined } | undefined;
  metadata?: Metadata | null | undefined;
  price?: string | undefined;
  price_data?: CheckoutPriceData | undefined;
  quantity?: number | undefined;
  tax_rates?: string[] | null | undefined;
}

interface TextFieldParameters {
  default_value?: string | undefined;
  maximum_length?: number | undefined;
  minimum_length?: number | undefined;
}

/** A question of the seller's own to the buyer. */
export interface CustomFieldParameters {
  dropdown?: { default_value?: string | undefined; options: { label: string; value: string }[] } | undefined;
  key: string;
  label: { custom: string; type: 'custom' };
  numeric?: TextFieldParameters | undefined;
  optional?: boolean | undefined;
  text?: TextFieldParameters | undefined;
  type: 'dropdown' | 'numeric' | 'text';
}

/** What the buyer may add to the purchase. */
export interface OptionalItemParameters {
  adjustable_quantity?: CheckoutLineParameters['adjustable_quantity'];
  price: string;
  quantity: number;
}

export interface InvoiceDataParameters {
  account_tax_ids?: string[] | null | undefined;
  custom_fields?: { name: string; value: string }[] | null | undefined;
  description?: string | undefined;
  footer?: string | undefined;
  metadata?: Metadata | null | undefined;
  rendering_options?: { amount_tax_display?: AmountTaxDisplay | null | undefined; template?: string | undefined } | null | undefined;
}

type Data<T extends { metadata: Metadata }> = Sent<Omit<T, 'metadata'>> & { metadata?: Metadata | null | undefined };

export interface CreateSessionParameters extends Sent<
  Omit<
    CheckoutSettings,
    | 'after_expiration'
    | 'automatic_tax'
    | 'confirmation_message'
    | 'consent_collection'
    | 'custom_fields'
    | 'custom_text'
    | 'customer_update'
    | 'invoice_creation'
    | 'name_collection'
    | 'optional_items'
    | 'payment_intent_data'
    | 'payment_method_configuration'
    | 'phone_number_collection'
    | 'return_url'
    | 'payment_method_options'
    | 'saved_payment_method_options'
    | 'setup_intent_data'
    | 'shipping_options'
    | 'subscription_data'
    | 'tax_id_collection'
    | 'wallet_options'
  >
> {
  after_expiration?: { recovery?: { allow_promotion_codes?: boolean | undefined; enabled: boolean } | undefined } | undefined;
  automatic_tax?: { enabled: boolean } | undefined;
  client_reference_id?: string | undefined;
  consent_collection?: Sent<CheckoutConsentCollection> | undefined;
  currency?: string | undefined;
  custom_fields?: CustomFieldParameters[] | undefined;
  custom_text?: Sent<CheckoutTexts> | undefined;
  customer?: string | undefined;
  customer_update?: Sent<NonNullable<CheckoutSettings['customer_update']>> | undefined;
  discounts?: DiscountParameters[] | null | undefined;
  expires_at?: number | undefined;
  experiment_assignment?: string | null | undefined;
  invoice_creation?: { enabled: boolean; invoice_data?: InvoiceDataParameters | undefined } | undefined;
  line_items?: CheckoutLineParameters[] | undefined;
  metadata?: Metadata | null | undefined;
  mode: CheckoutSession['mode'];
  name_collection?:
    Partial<Record<'business' | 'individual', { enabled: boolean; optional?: boolean | undefined } | undefined>> | undefined;
  optional_items?: OptionalItemParameters[] | undefined;
  payment_intent_data?: Data<CheckoutPaymentData> | undefined;
  payment_method_configuration?: string | undefined;
  phone_number_collection?: { enabled: boolean } | undefined;
  return_url?: string | undefined;
  payment_method_options?: IntentOptions | undefined;
  saved_payment_method_options?: Sent<SavedMethodOptions> | undefined;
  setup_intent_data?: { description?: string | undefined; metadata?: Metadata | null | undefined } | undefined;
  shipping_options?: ShippingRateAsked[] | null | undefined;
  subscription_data?: Data<Omit<CheckoutSubscriptionData, 'default_tax_rates'>> & { default_tax_rates?: string[] | null | undefined };
  tax_id_collection?: { enabled: boolean; required?: 'if_supported' | 'never' | undefined } | undefined;
  ui_mode?: CheckoutSession['uiMode'] | undefined;
  wallet_options?: CheckoutSettings['wallet_options'] | undefined;
}
