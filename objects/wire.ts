/**
 * Stripe's types describe what its SDK returns to a program. `Wire` converts them to the HTTP form: decimals are strings, expandable
 * objects are ids, and properties that only the SDK adds are removed.
 */
import type Stripe from 'stripe';

export type Wire<T> = string extends T ? WireValue<Unexpanded<T>> : WireValue<T>;

/** In a union with `string`, resources become ids: `Unexpanded<string | Customer>` is `string`. */
type Unexpanded<T> = T extends { object: string } ? never : T;

/** How Stripe's types mark an absent property: `deleted?: void`. */
type Nothing = ReturnType<() => void>;

type WireValue<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends (infer Element)[]
      ? Wire<Element>[]
      : T extends object
        ? { [K in keyof T as T[K] extends Nothing ? never : K extends 'lastResponse' ? never : K]: Wire<T[K]> }
        : T;

/** Without properties of older API versions, which Stripe's types have, but not its published schema. Dunlin does not send them. */
export type WireWithout<T, Gone extends keyof T> = Wire<Omit<T, Gone>>;

/** The public URL of a document of this object: an invoice, a credit note, a charge's receipt. Whoever has it needs no key. */
export type LinkTo = (id: string) => string;

/** Rendering context that is not stored in rows. */
export interface RenderContext {
  /** Epoch seconds; the frozen time for objects on a test clock. */
  now: number;
  linkTo: LinkTo;
}

const FOLDERS: Record<string, string> = { in: 'i', cn: 'credit_notes', ch: 'receipts', link: 'links', sub: 'cancel/link' };

/**
 * The links to documents, below the API's own URL. The contents of a file need a key, a file link needs none. That of a subscription leads to
 * the page that cancels it.
 *
 * @param tokenOf the id with its unguessable part
 */
export function documentLinks(publicUrl: string, tokenOf: (id: string) => string): LinkTo {
  return (id) =>
    id.startsWith('file_')
      ? `${publicUrl}/v1/files/${id}/contents`
      : `${publicUrl}/${FOLDERS[id.slice(0, id.indexOf('_'))] ?? 'documents'}/${tokenOf(id)}`;
}

/** Without a time and without an installation: nothing has expired yet, and links have no host and no unguessable part. */
export const BEFORE_ALL_DEADLINES: RenderContext = { now: 0, linkTo: documentLinks('', (id) => id) };

export interface WireList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** A list inside an object also has the number of all its objects. */
export interface CountedList<T> extends WireList<T> {
  total_count: number;
}

export function listOf<T>(data: T[], url: string, hasMore = false): WireList<T> {
  return { object: 'list', data, has_more: hasMore, url };
}

/** The start of a list of `total` objects. */
export function countedListOf<T>(data: T[], url: string, total: number): CountedList<T> {
  return { ...listOf(data, url, total > data.length), total_count: total };
}

export interface Deleted<Name extends string> {
  id: string;
  object: Name;
  deleted: true;
}

export function deleted<Name extends string>(object: Name, id: string): Deleted<Name> {
  return { id, object, deleted: true };
}
