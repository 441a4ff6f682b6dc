import type { Resource } from './resource';

/** Stripe's types of payment methods that a configuration has. */
export const CONFIGURABLE_METHODS = [
  'acss_debit',
  'affirm',
  'afterpay_clearpay',
  'alipay',
  'alma',
  'amazon_pay',
  'apple_pay',
  'au_becs_debit',
  'bacs_debit',
  'bancontact',
  'billie',
  'bizum',
  'blik',
  'boleto',
  'card',
  'cartes_bancaires',
  'cashapp',
  'crypto',
  'customer_balance',
  'eps',
  'fpx',
  'giropay',
  'google_pay',
  'grabpay',
  'ideal',
  'jcb',
  'kakao_pay',
  'klarna',
  'konbini',
  'kr_card',
  'link',
  'mb_way',
  'mobilepay',
  'multibanco',
  'naver_pay',
  'nz_bank_account',
  'oxxo',
  'p24',
  'pay_by_bank',
  'payco',
  'paynow',
  'paypal',
  'payto',
  'pix',
  'promptpay',
  'revolut_pay',
  'samsung_pay',
  'satispay',
  'scalapay',
  'sepa_debit',
  'sofort',
  'sunbit',
  'swish',
  'twint',
  'upi',
  'us_bank_account',
  'wechat_pay',
  'zip',
] as const;
export type ConfigurableMethod = (typeof CONFIGURABLE_METHODS)[number];

/** `none` follows the default: cards, Apple Pay and Google Pay are on, everything else is off. */
export type MethodPreference = 'none' | 'off' | 'on';

/** Which ways to pay a seller offers. Each mode of an account has one by default. */
export interface PaymentMethodConfiguration extends Resource {
  active: boolean;
  isDefault: boolean;
  name: string;
  /** By type; a type that is not named is `none`. */
  preferences: Partial<Record<ConfigurableMethod, MethodPreference>>;
}

/** Whether the seller wants to offer it. */
export function isOn({ preferences }: Pick<PaymentMethodConfiguration, 'preferences'>, method: ConfigurableMethod): boolean {
  const preference = preferences[method] ?? 'none';
  return preference === 'none' ? ON_BY_DEFAULT.includes(method) : preference === 'on';
}

const ON_BY_DEFAULT: readonly ConfigurableMethod[] = ['card', 'apple_pay', 'google_pay'];
