/** By what a list is sorted: by columns that the API sorts by, as the address says. */
import type { z } from 'zod';
import type { RawParameters } from '../http/validation';
import type { Desk } from './ask';
import { propertyOf } from './formats';
import type { Section } from './section';

export interface Sort {
  /** A value of the API's `order_by`. */
  by: string;
  isUp: boolean;
}

/** The columns by which the API sorts this list. */
export function sortable({ operations }: Pick<Desk, 'operations'>, { list, columns }: Section): { label: string; by: string }[] {
  const names = optionsOf(propertyOf(operations.get(`GET ${list}`)?.parameters ?? null, 'order_by')) ?? [];
  return columns.map(({ label, path }) => ({ label, by: path.split('.').at(-1) ?? '' })).filter(({ by }) => names.includes(by));
}

/** In the address: `total`, or `-total` from the highest down. */
export const inAddress = ({ by, isUp }: Sort): string => `${isUp ? '' : '-'}${by}`;

/** Null without such a name in the address. A name by which the API does not sort is ignored. */
export function sortIn(desk: Pick<Desk, 'operations'>, section: Section, query: URLSearchParams): Sort | null {
  const text = query.get('sort') ?? '';
  const sort = { by: text.replace(/^-/, ''), isUp: !text.startsWith('-') };
  return sortable(desk, section).some(({ by }) => by === sort.by) ? sort : null;
}

/** What the API is asked. */
export const orderOf = (sort: Sort | null): RawParameters =>
  sort === null ? {} : { order_by: sort.by, order: sort.isUp ? 'asc' : 'desc' };

/** The values of a parameter that has few. */
export function optionsOf(type: z.ZodType | null): string[] | null {
  const { innerType, entries } = (type?.def ?? {}) as unknown as { innerType?: z.ZodType; entries?: Record<string, string> };
  if (innerType) return optionsOf(innerType);
  const { override } = (type?.meta() ?? {}) as { override?: { type?: string } };
  if (override?.type === 'boolean') return ['true', 'false'];
  return entries ? Object.values(entries) : null;
}
