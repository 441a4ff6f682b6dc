/** What rules can look at, and of which type it is. */
import { isCurrency } from '../money/currency';
import type { Condition, Operand } from '../rows/radar';
import { counterOf } from './counters';

export type AttributeType = 'boolean' | 'number' | 'text';

/** The bank's checks, which are known once it has answered. */
const CHECKED_BY_BANK = ['address_line1_check', 'address_zip_check', 'cvc_check'] as const;
export type CheckedByBank = (typeof CHECKED_BY_BANK)[number];

const PLACES = ['city', 'country', 'line1', 'line2', 'postal_code', 'state'];

const TEXTS: readonly string[] = [
  ...CHECKED_BY_BANK,
  ...['billing', 'shipping'].flatMap((of) => PLACES.map((part) => `${of}_address_${part}`)),
  ...['card_bin', 'ip_address', 'ip_country', 'products'],
  ...[
    'card_brand',
    'card_country',
    'card_fingerprint',
    'card_funding',
    'charge_currency',
    'charge_description',
    'customer',
    'digital_wallet',
    'email',
  ],
  ...['email_domain', 'payment_method_type', 'risk_level'],
];

const BOOLEANS: readonly string[] = ['is_trial', 'is_3d_secure', 'is_3d_secure_authenticated', 'is_off_session', 'is_recurring'];

const NUMBERS: readonly string[] = [
  'risk_score',
  'seconds_since_card_first_seen',
  'seconds_since_customer_created',
  'seconds_since_email_first_seen',
];

/** Attributes of Stripe's that Dunlin has no value for. They are refused by name, because a rule with them would never match. */
const STRIPES: readonly string[] = [
  'card_3d_secure_support',
  'destination',
  'has_liability_shift',
  'ip_address_connection_type',
  'ip_state',
  'is_anonymous_ip',
  'is_checkout',
  'is_disposable_email',
  'is_my_login_ip',
  'program',
  'sepa_debit_fingerprint',
];

export const isMetadata = (name: string): boolean => name.startsWith('::');

/** The currency of `amount_in_eur`. */
export function currencyOfAmount(name: string): string | null {
  const [, currency] = /^amount_in_([a-z]{3})$/.exec(name) ?? [];
  return currency !== undefined && isCurrency(currency) ? currency : null;
}

/** Metadata is text. Null: there is no such attribute. */
export function typeOf(name: string): AttributeType | null {
  if (isMetadata(name) || TEXTS.includes(name)) return 'text';
  if (BOOLEANS.includes(name)) return 'boolean';
  return NUMBERS.includes(name) || currencyOfAmount(name) !== null || counterOf(name) !== null ? 'number' : null;
}

export const isStripesOnly = (name: string): boolean => STRIPES.includes(name) || /_per_ip_address_|^distance_between_/.test(name);

export const isCheckedByBank = (name: string): boolean => (CHECKED_BY_BANK as readonly string[]).includes(name);

/** Everything that a condition looks at, in its order. */
export function operandsOf(condition: Condition): Operand[] {
  if (condition.type === 'all' || condition.type === 'any') return condition.of.flatMap(operandsOf);
  if (condition.type === 'not') return operandsOf(condition.of);
  const { left } = condition;
  return condition.type === 'compare' && 'name' in condition.right ? [left, condition.right] : [left];
}

/** The lists that a condition names. */
export function listsOf(condition: Condition): { list: string; at: number }[] {
  if (condition.type === 'all' || condition.type === 'any') return condition.of.flatMap(listsOf);
  if (condition.type === 'not') return listsOf(condition.of);
  return condition.type === 'in' ? [condition] : [];
}

/** Whether it can be decided only once the bank has answered. */
export const needsBank = (condition: Condition): boolean => operandsOf(condition).some(({ name }) => isCheckedByBank(name));
