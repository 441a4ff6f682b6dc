/** The forms of the checkout page as the browser sends them. */
import type { CheckoutCustomerDetails } from '../../domain/rows/checkout-session';
import type { Address, Shipping } from '../../domain/rows/resource';
import { shortened } from '../http/acceptable-text';
import { name, text, word } from '../http/parameters';
import { email } from '../http/text-parameters';

/** What a browser has sent: the entries, trimmed. What cannot be stored is refused where it is read. */
export type Entries = Readonly<Record<string, string>>;

const LONGEST = 500;
/** Of the one entry that may have several lines. */
const LONGEST_MESSAGE = 5000;
/** Before the key of a custom field. */
export const FIELD = 'field_';

/**
 * @param body as Express has parsed it; of a request without one, undefined
 * @param most characters of an entry; what is longer is cut
 */
export function readEntries(body: unknown, most = LONGEST): Entries {
  const entries: Record<string, string> = {};
  for (const [name, value] of Object.entries(body ?? {})) {
    const longest = name === 'message' ? LONGEST_MESSAGE : most;
    if (typeof value === 'string') entries[name] = shortened(value.replace(/\r\n?/g, '\n').trim(), longest);
  }
  return entries;
}

/** Entries are held to the same rules as the parameters of the API. */
const RULES: Record<string, ReturnType<typeof text>> = {
  email: email(),
  phone: name({ max: 40 }).regex(/^[+\d][\d\s().\/-]{4,}$/),
  business_name: name({ max: 150 }),
  individual_name: name({ max: 150 }),
  name: name({ max: 250 }),
  line1: name({ max: 250 }),
  line2: name({ max: 250 }),
  city: name({ max: 100 }),
  state: name({ max: 100 }),
  postal_code: name({ max: 20 }),
  country: text().regex(/^[A-Za-z]{2}$/),
  tax_id: name({ max: 30 }),
  shipping_name: name({ max: 250 }),
  shipping_line1: name({ max: 250 }),
  shipping_city: name({ max: 100 }),
  shipping_state: name({ max: 100 }),
  shipping_postal_code: name({ max: 20 }),
  shipping_country: text().regex(/^[A-Za-z]{2}$/),
  shipping_rate: name({ max: 255 }),
  code: word({ max: 500 }),
  subject: name({ max: 250 }),
  message: text({ max: LONGEST_MESSAGE }),
};

/** Whether each entry that was made can be what the page asked for. */
export function areValid(entries: Entries): boolean {
  const fields = Object.keys(entries).filter((each) => each.startsWith(FIELD));
  const rules = [...Object.entries(RULES), ...fields.map((field) => [field, name()] as const)];
  return rules.every(([field, rule]) => {
    const entry = entries[field];
    return entry === undefined || entry === '' || rule.safeParse(entry).success;
  });
}

/** The attempts that the page knew of. */
export function attemptOf({ attempt = '' }: Entries): number {
  return /^\d{1,6}$/.test(attempt) ? Number(attempt) : 0;
}

/** The amount that the page showed, in minor units; null if the form has none. */
export function shownAmount({ amount = '' }: Entries): number | null {
  return /^\d{1,12}$/.test(amount) ? Number(amount) : null;
}

export function cardFields({
  number = '',
  expiry = '',
  cvc = '',
}: Entries): Record<'number' | 'cvc', string> & Record<'exp_month' | 'exp_year', number> {
  const [month = '', year = ''] = expiry.split(/\s*[/-]\s*/);
  return {
    number: number.replace(/[\s-]/g, ''),
    exp_month: numberIn(month),
    exp_year: numberIn(year.length === 2 ? `20${year}` : year),
    cvc,
  };
}

/** 0, which is no month and no year, if the text is no number. */
const numberIn = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : 0);

/** Only what the page has asked for. */
export function detailsOf(entries: Entries): Partial<CheckoutCustomerDetails> {
  const entered = reader(entries);
  return {
    ...(entered('email') === null ? {} : { email: entered('email') }),
    ...(entered('name') === null ? {} : { name: entered('name') }),
    ...(entered('country') === null ? {} : { address: addressOf(entered) }),
  };
}

const reader =
  (entries: Entries, prefix = '') =>
  (name: string): string | null => {
    const entry = entries[`${prefix}${name}`];
    return entry === undefined || entry === '' ? null : entry;
  };

/** Where the goods go; null if the entries do not say. */
export function shippingOf(entries: Entries): Shipping | null {
  const entered = reader(entries, 'shipping_');
  if (entered('country') === null || entered('name') === null) return null;
  return { name: entered('name') ?? '', phone: reader(entries)('phone'), address: addressOf(entered) };
}

function addressOf(entered: (name: string) => string | null): Address {
  return {
    city: entered('city'),
    country: entered('country')?.toUpperCase() ?? null,
    line1: entered('line1'),
    line2: entered('line2'),
    postal_code: entered('postal_code'),
    state: entered('state'),
  };
}

/** The quantities of lines, by their ids. */
export function quantitiesOf(entries: Entries): Record<string, number> {
  const prefix = 'quantity_';
  const sent = Object.entries(entries).filter(([name, value]) => name.startsWith(prefix) && /^\d{1,6}$/.test(value));
  return Object.fromEntries(sent.map(([name, value]) => [name.slice(prefix.length), Number(value)]));
}
