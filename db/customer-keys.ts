/**
 * Each customer has a key of its own. What names it in events is sealed with that key, so that it can be erased by removing one row, however many
 * copies there are. AES-256-GCM; a seal opens only for the event that it was made for.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ChangeSet } from '../domain/core/change-set';
import { withoutPerson, withPerson, type Person } from '../domain/event/person';
import type { BillingEvent } from '../domain/rows/event';
import type { TransactionSql } from './connect';
import { fromJson } from './json-rows';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Those whom a commit's events are about. */
export interface CustomerKeys {
  /** Null: the customer is erased. */
  of: ReadonlyMap<string, Buffer | null>;
  /** Who gets its key by this commit. */
  made: readonly string[];
}

/** The customer that a commit has locked, and its key. */
export interface Locked {
  customer: string;
  deleted: boolean;
  key: Buffer | null;
}

/**
 * New customers get their keys, and so do those that a backup was restored without. Those that the commit erases have none any more: what its own
 * events say of them is gone, too.
 */
export async function keysOf(tx: TransactionSql, changes: ChangeSet, locked: Locked | null): Promise<CustomerKeys> {
  const of = new Map<string, Buffer | null>();
  const made = [...(changes.changed.get('customer') ?? [])].filter((id) => changes.base.find('customer', id) === undefined);
  if (locked !== null) {
    of.set(locked.customer, locked.key);
    if (locked.key === null && !locked.deleted) made.push(locked.customer);
  }
  for (const customer of made) of.set(customer, randomBytes(KEY_BYTES));
  const others = new Set(changes.events.flatMap(({ customer }) => (customer === null || of.has(customer) ? [] : customer)));
  if (others.size > 0) {
    const found = await tx<
      { customer: string; key: Buffer }[]
    >`select customer, key from customer_keys where customer = any(${[...others]})`;
    for (const { customer, key } of found) of.set(customer, key);
  }
  for (const customer of changes.erased) of.set(customer, null);
  return { of, made: made.filter((customer) => !changes.erased.has(customer)) };
}

type Sealable = Pick<BillingEvent, 'id' | 'object' | 'previousAttributes'> & { customer: string | null };

/** The event as it is stored: what names its customer is sealed, or is gone if the customer is erased. Events of nobody stay as they are. */
export function sealed<E extends Sealable>(event: E, keys: CustomerKeys['of']): E & { person: string | null } {
  if (event.customer === null) return { ...event, person: null };
  const { object, previousAttributes, person } = apart(event);
  const key = keys.get(event.customer) ?? null;
  return {
    ...event,
    object,
    previousAttributes,
    person: key === null ? null : `\\x${seal(key, event.id, Buffer.from(JSON.stringify(person))).toString('hex')}`,
  };
}

function apart({ object, previousAttributes }: Sealable) {
  const now = withoutPerson(object);
  const before = withoutPerson(previousAttributes, object['object']);
  return { object: now.rest, previousAttributes: before.rest, person: { now: now.person, before: before.person } };
}

/** An event of `to_jsonb` as it happened; without a person if its customer is erased. */
export function opened(row: Record<string, unknown>, key: Buffer | null): BillingEvent {
  const { person, ...event } = fromJson(row) as unknown as BillingEvent & { person: string | null };
  if (person === null || key === null) return event;
  const { now, before } = JSON.parse(open(key, event.id, Buffer.from(person.slice(2), 'hex')).toString()) as {
    now: Person;
    before: Person;
  };
  return { ...event, object: withPerson(event.object, now), previousAttributes: withPerson(event.previousAttributes, before) };
}

export function seal(key: Buffer, of: string, data: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(of));
  const hidden = Buffer.concat([cipher.update(data), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]);
}

/** @throws Error if it was sealed with another key, or of something else */
export function open(key: Buffer, of: string, hidden: Buffer): Buffer {
  const [nonce, tag] = [hidden.subarray(0, NONCE_BYTES), hidden.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv(CIPHER, key, nonce).setAAD(Buffer.from(of)).setAuthTag(tag);
  return Buffer.concat([decipher.update(hidden.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
