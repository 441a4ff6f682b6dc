/** Short keys for what is long: an identifier, what an event says, a series, a distinct value. Hashes; the words are not kept. */
import { createHash } from 'node:crypto';
import type { CountedEvent, GivenEvent } from '../../domain/meter/event';

interface Scope {
  account: string;
  livemode: boolean;
}

/** One word of a caller's, per account and mode, as a uuid. */
export const identifierKey = ({ account, livemode }: Scope, identifier: string): string => uuid([account, livemode, identifier]);

/** What an event says, as an int8: the same for a repetition, in whatever order its payload is. */
export function contentKey({ eventName, payload, timestamp }: GivenEvent): string {
  return digest([eventName, sorted(payload), timestamp])
    .readBigInt64BE()
    .toString();
}

export const seriesKey = ({ meter, customer, dimensions }: Pick<CountedEvent, 'meter' | 'customer' | 'dimensions'>): string =>
  uuid([meter, customer, sorted(dimensions)]);

/** A distinct value as a number of 96 bits: two that differ are taken for one with a chance of ten to the minus fifteen among ten million. */
export const valueKey = (value: string): string => BigInt(`0x${digest(value).subarray(0, 12).toString('hex')}`).toString();

const sorted = (record: Record<string, string>): [string, string][] => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

function uuid(value: unknown): string {
  return digest(value)
    .toString('hex', 0, 16)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const digest = (value: unknown): Buffer => createHash('sha256').update(JSON.stringify(value)).digest();
