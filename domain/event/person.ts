/** What of an object of the API names or reaches a person. It is taken out of events and sealed, so that it can be erased. */

type Json = Record<string, unknown>;

/** Places in an object, from its top, and what was there. */
export type Person = readonly (readonly [path: readonly (string | number)[], value: unknown])[];

/** Fields of a person in objects of any kind. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  ...['address', 'billing_details', 'business_name', 'collected_information', 'customer_address', 'customer_details', 'customer_email'],
  ...['customer_email_address', 'customer_name', 'customer_phone', 'customer_shipping', 'customer_tax_ids', 'declaration', 'email'],
  ...[
    'account_holder_name',
    'comment',
    // Of Konbini: most payers give their phone number.
    'confirmation_number',
    'custom_fields',
    'evidence',
    'individual_name',
    'ip_address',
    'ip_address_location',
    'phone',
    'receipt_email',
    'recipient',
    'shipping',
  ],
  // `tax_id`: the CPF of a person who pays with Boleto.
  ...['shipping_details', 'tax_id', 'user_agent', 'verified_address', 'verified_name'],
]);

/** Fields of a person in objects of one kind: elsewhere they are the seller's words, or the name of a product. */
const OF_KIND: Readonly<Record<string, ReadonlySet<string>>> = {
  card: new Set(['address_city', 'address_country', 'address_line1', 'address_line2', 'address_state', 'address_zip', 'name']),
  customer: new Set(['name', 'description', 'metadata']),
  customer_request: new Set(['note']),
  license_activation: new Set(['fingerprint', 'name']),
  mail: new Set(['problem']),
  review: new Set(['billing_zip']),
  support_message: new Set(['message', 'name']),
  support_ticket: new Set(['subject']),
  task: new Set(['note']),
  tax_id: new Set(['value']),
};

/**
 * The object without a person, and the person. Amounts, ids, states and the shape of the object stay.
 *
 * @param kind of an object that does not say it itself, because it is a part of one
 */
export function withoutPerson<T extends Json | null>(object: T, kind: unknown = object?.['object']): { rest: T; person: Person } {
  const person: [path: (string | number)[], value: unknown][] = [];
  const visit = (value: unknown, path: (string | number)[]): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => visit(each, [...path, index]));
    if (!isObject(value)) return value;
    const own = OF_KIND[String(path.length === 0 ? kind : value['object'])];
    return mapped(value, (name, each) => {
      if (!EVERYWHERE.has(name) && own?.has(name) !== true) return visit(each, [...path, name]);
      if (isNobody(each)) return each;
      person.push([[...path, name], each]);
      return NULLABLE.has(name) ? null : emptied(name, each);
    });
  };
  return { rest: visit(object, []) as T, person };
}

/** The object as it was before `withoutPerson`. */
export function withPerson<T extends Json | null>(rest: T, person: Person): T {
  const whole = structuredClone(rest);
  for (const [path, value] of person) {
    let at = whole as Json;
    for (const name of path.slice(0, -1)) at = at[name] as Json;
    at[String(path.at(-1))] = value;
  }
  return whole;
}

/** Objects that are null where there is nobody. */
const NULLABLE: ReadonlySet<string> = new Set(['customer_shipping', 'shipping', 'shipping_details']);

/** Choices from a list, in what else is the person's. */
const CHOSEN: ReadonlySet<string> = new Set(['kind', 'locale']);

/** Fields that are never null. */
const REQUIRED: ReadonlySet<string> = new Set([
  ...['confirmation_number', 'declaration', 'fingerprint', 'ip_address', 'message', 'recipient', 'subject', 'tax_id', 'value'],
]);

/** The same shape, without a word: callers find the fields that they expect. */
function emptied(name: string, value: unknown, nothing: '' | null = REQUIRED.has(name) ? '' : null): unknown {
  if (name === 'metadata') return {};
  if (Array.isArray(value)) return [];
  if (isObject(value)) return mapped(value, (inner, each) => (CHOSEN.has(inner) ? each : emptied(inner, each, nothing)));
  return typeof value === 'boolean' ? value : nothing;
}

/** Whether it says nothing of anybody, so that there is nothing to seal. */
function isNobody(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isNobody);
  return value === null || typeof value === 'boolean' || value === '';
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const mapped = (object: Json, change: (name: string, value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(name, value)]));
