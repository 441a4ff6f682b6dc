/** Values of the API as people read them: amounts in major units, times in UTC, ids that lead to their object. */
import type { z } from 'zod';
import type { Cell, Tone } from '../../web/console/model';
import { money } from '../../web/money';
import { formatOf, propertyOf, shapeOf } from './formats';
import type { Column } from './section';
import { SECTIONS } from './sections';

type Json = Record<string, unknown>;

const GOOD =
  'active paid succeeded won complete enabled ready available accepted sent approve allow registered approved fulfilled done completed corrected new reactivation expansion';
const BAD =
  'past_due unpaid failed lost uncollectible needs_response warning_needs_response blocked bounced block churn incomplete_expired exceeded missed';
const WAITING =
  'trialing incomplete open draft processing requires_action requires_payment_method requires_capture requires_confirmation under_review warning_under_review advancing pending running review paused waiting approaching';
const TONES = new Map<string, Tone>([
  ...GOOD.split(' ').map((word) => [word, 'good'] as const),
  ...BAD.split(' ').map((word) => [word, 'bad'] as const),
  ...WAITING.split(' ').map((word) => [word, 'waiting'] as const),
]);

const STATES = new Set(['status', 'decision', 'type', 'decline_code']);

const DAY = 86_400;

/** In UTC. Most times of billing are beginnings of days, which are shown as days. */
export function time(at: number): string {
  const [day = '', clock = ''] = new Date(at * 1000).toISOString().split('T');
  return at % DAY === 0 ? day : `${day} ${clock.slice(0, 5)} UTC`;
}

const PLACES = new Map(
  SECTIONS.filter(({ item }) => item !== null).flatMap(({ prefixes, name }) => prefixes.map((prefix) => [prefix, name] as const)),
);

/** The page of the object with this id, if the console has one. */
export function pageOf(id: string): string | null {
  const place = PLACES.get(/^([a-z]+(?:_[a-z]+)*)_[A-Za-z0-9]+$/.exec(id)?.[1] ?? '');
  return place === undefined ? null : `/console/${place}/${encodeURIComponent(id)}`;
}

const valueIn = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Json)[name] : undefined;

/** What stands at a path like `items.data.0.price.id`, if anything does. */
export const valueAt = (object: Json, path: string): unknown => path.split('.').reduce<unknown>(valueIn, object);

/** The value at a path, as it is shown. An expanded object stands for its id. */
export function cellAt(object: Json, path: string, of: Partial<Omit<Known, 'name'>> = {}): Cell {
  let [value, type, name]: [unknown, z.ZodType | null, string] = [object, shapeOf(object) ?? of.type ?? null, ''];
  let currency = currencyOf(object) ?? of.currency ?? null;
  for (name of path.split('.')) {
    type = propertyOf(type, name);
    value = valueIn(value, name);
    currency = currencyOf(value) ?? currency;
  }
  return cellOf(value, { name, type, currency });
}

/** The value of a column, drawn as that says. */
export function cellOfColumn(object: Json, { path, as, whole }: Column, of: Partial<Omit<Known, 'name'>> = {}): Cell {
  const cell = cellAt(object, path, of);
  if (as === undefined || cell.text === '') return cell;
  const share = (Number(cell.text) / Number(whole === undefined ? FULL : cellAt(object, whole, of).text)) * FULL;
  if (!Number.isFinite(share)) return cell;
  const percent = Math.min(FULL, Math.max(0, share));
  const drawn = { ...cell, isNumber: true, sort: Number(cell.text) };
  return as === 'bar'
    ? { ...drawn, bar: { percent, isFull: whole !== undefined && share >= FULL } }
    : { ...drawn, heat: Math.ceil(percent / FIFTH) };
}

const FULL = 100;
const FIFTH = 20;

export const currencyOf = (value: unknown): string | null => {
  const { currency } = (typeof value === 'object' ? (value ?? {}) : {}) as { currency?: unknown };
  return typeof currency === 'string' ? currency : null;
};

interface Known {
  name: string;
  type: z.ZodType | null;
  currency: string | null;
}

function cellOf(value: unknown, known: Known): Cell {
  if (value === null || value === undefined || value === '') return { text: '' };
  if (typeof value === 'number') return numberCell(value, known);
  if (typeof value === 'boolean') return { text: value ? 'yes' : 'no' };
  if (typeof value === 'string') return textCell(value, known);
  if (Array.isArray(value)) return { text: value.map((each) => cellOf(each, known).text).join(', ') };
  return nestedCell(value as Json, known.name);
}

/** An expanded customer is known by its name. */
function nestedCell(value: Json, name: string): Cell {
  const { id, name: called, email } = value;
  if (typeof id !== 'string') return { text: JSON.stringify(value) };
  const shown = [called, email].find((each) => typeof each === 'string' && each !== '');
  const cell = textCell(id, { name, type: null });
  return typeof shown === 'string' && cell.href !== undefined ? { text: shown, href: cell.href } : cell;
}

function numberCell(value: number, { type, currency }: Known): Cell {
  const format = formatOf(type);
  if (format === 'money' && currency !== null) return { text: money(value, currency, 'en'), isNumber: true, sort: value };
  if (format === 'time') return { text: time(value), isTime: true, sort: value };
  return { text: String(value), isNumber: true, sort: value };
}

function textCell(value: string, { name, type }: Pick<Known, 'name' | 'type'>): Cell {
  if (formatOf(type) === 'decimal') return { text: value, isNumber: true, sort: Number(value) };
  const href = pageOf(value);
  if (href !== null) return { text: value, href, isCode: true };
  if (name === 'type' && value.includes('.')) return { text: value, isCode: true };
  if (STATES.has(name)) return { text: value.replaceAll('_', ' '), tone: TONES.get(value) ?? 'quiet' };
  if (/^https?:\/\//.test(value)) return { text: value, href: value };
  return { text: value };
}

const DEEPEST = 4;
const LONGEST_LIST = 20;

/** Every property of an object, with those within it below. */
export function fieldsOf(object: Json): { label: string; depth: number; cell: Cell | null }[] {
  return under(object, { type: shapeOf(object), currency: currencyOf(object) }, 0);
}

function under(value: object, { type, currency }: Omit<Known, 'name'>, depth: number): ReturnType<typeof fieldsOf> {
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? LONGEST_LIST : undefined);
  return entries.flatMap(([name, each]: [string, unknown]) => {
    const own = { type: propertyOf(type, name), currency: currencyOf(each) ?? currency };
    const isNested = typeof each === 'object' && each !== null && Object.keys(each).length > 0;
    if (!isNested || depth >= DEEPEST) return [{ label: name, depth, cell: cellOf(each, { name, ...own }) }];
    return [{ label: name, depth, cell: null }, ...under(each, own, depth + 1)];
  });
}
