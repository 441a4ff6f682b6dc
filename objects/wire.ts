/**
 * Stripe's types describe what its SDK hands to a program. `Wire` makes of them what goes over HTTP: decimals are strings,
 * what can be expanded is an id, and what only the SDK adds is gone.
 */
import type Stripe from 'stripe';

export type Wire<T> = string extends T ? WireValue<Unexpanded<T>> : WireValue<T>;

/** A union with `string` has its resources by id: `Unexpanded<string | Customer>` is `string`. */
type Unexpanded<T> = T extends { object: string } ? never : T;

/** How Stripe's types say that a property is not there: `deleted?: void`. */
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

/** Stripe's types promise more than its published schema has: properties of older API versions, which are not sent. */
export type WireWithout<T, Gone extends keyof T> = Wire<Omit<T, Gone>>;

/** What an object cannot be rendered without, but no row says. */
export interface RenderContext {
  /** Epoch seconds; the frozen time for whoever is on a test clock. */
  now: number;
}

/** For snapshots inside a plan without a time: nothing has lapsed yet. */
export const BEFORE_ALL_DEADLINES: RenderContext = { now: 0 };

export interface WireList<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** Inside an object, Stripe also says how many there are. */
export interface CountedList<T> extends WireList<T> {
  total_count: number;
}

export function listOf<T>(data: T[], url: string, hasMore = false): WireList<T> {
  return { object: 'list', data, has_more: hasMore, url };
}

/** The first of a list, of which there are `total` in all. */
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
