/** Short keys for an identifier, an event's content, a series, a distinct value. They are hashes; the text is not kept. */
import { createHash } from 'node:crypto';
import type { CountedEvent, GivenEvent } from '../../domain/meter/event';

interface Scope {
  account: string;
  livemode: boolean;
}

/** A caller's identifier, per account and mode, as a uuid. */
export const identifierKey = ({ account, livemode }: Scope, identifier: string): string => uuid([account, livemode, identifier]);

/** An event's content as an int8: the same for a repetition, whatever the order of its payload. */
export function contentKey({ eventName, payload, timestamp }: GivenEvent): string {
  return digest([eventName, sorted(payload), timestamp])
    .readBigInt64BE()
    .toString();
}

export const seriesKey = ({ meter, customer, dimensions }: Pick<CountedEvent, 'meter' | 'customer' | 'dimensions'>): string =>
  uuid([meter, customer, sorted(dimensions)]);

/** A distinct value as a number of 96 bits. Among ten million values, the chance that two share a number is ten to the minus fifteen. */
export const valueKey = (value: string): string => BigInt(`0x${digest(value).subarray(0, 12).toString('hex')}`).toString();

const sorted = (record: Record<string, string>): [string, string][] => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

function uuid(value: unknown): string {
  return digest(value)
    .toString('hex', 0, 16)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const digest = (value: unknown): Buffer => createHash('sha256').update(JSON.stringify(value)).digest();
