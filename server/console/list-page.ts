import type { Filter, ListModel, Notice } from '../../web/console/model';
import { csvOf } from '../../objects/csv';
import { HttpError } from '../http/errors';
import { actionsFor, choiceFor, offeredBy, type Entries } from './actions';
import { ask, listed, refusalOf, type Answered, type Desk } from './ask';
import { cellAt } from './cells';
import { frameOf } from './frame';
import { isOffered, offeredIn, type Offered } from './offers';
import { propertyOf } from './formats';
import { actionsOfList, keyIn, type Section } from './section';
import { tableOf } from './tables';
import type { z } from 'zod';

const PAGE = 25;
/** Rows of a file. Whoever needs more asks the API. */
const CSV_MOST = 20_000;
const CSV_PAGE = 100;

/** What the address of a list says. */
export interface Asked {
  filters: Readonly<Record<string, string>>;
  after: string | null;
  before: string | null;
}

export function askedOf(section: Section, query: URLSearchParams): Asked {
  const named = (section.filters ?? []).flatMap((name) => {
    const value = (query.get(name) ?? '').trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return { filters: Object.fromEntries(named), after: query.get('after'), before: query.get('before') };
}

const pageAt = (desk: Desk, section: Section, asked: Asked, limit: number): Promise<Answered> =>
  ask(desk, {
    call: `GET ${section.list}`,
    limit,
    parameters: {
      ...section.always,
      ...asked.filters,
      ...(section.expand ? { expand: section.expand.map((path) => `data.${path}`) } : {}),
      ...(asked.after === null ? {} : { starting_after: asked.after }),
      ...(asked.before === null ? {} : { ending_before: asked.before }),
    },
  });

export async function listModel(
  desk: Desk,
  section: Section,
  { asked, entries, notice }: { asked: Asked; entries: Entries; notice: Notice | null },
): Promise<ListModel> {
  const answered = await pageAt(desk, section, asked, PAGE);
  const { data, hasMore } = listed(answered);
  const href = `/console/${section.name}`;
  const refused: Notice | null = answered.status === 200 ? null : { kind: 'problem', text: refusalOf(answered) };
  const offered = await offeredOn(desk, section);
  const isFirst = asked.after === null && (asked.before === null || !hasMore);
  const isLast = asked.before === null && !hasMore;
  return {
    frame: frameOf(desk, { title: section.title, href, notice: notice ?? refused }),
    heading: section.title,
    about: section.about,
    filters: filtersOf(desk, section, asked, offered),
    table: tableOf({ ...section, empty: emptyOf(desk, section, asked) }, data),
    newer: isFirst ? null : at(href, asked, canGoBack(desk, section) ? { before: keyIn(section, data[0]) } : {}),
    older: isLast ? null : at(href, asked, { after: keyIn(section, data.at(-1)) }),
    csv: at(`${href}.csv`, asked, {}),
    actions: actionsFor(desk, actionsOfList(section), { object: {}, href, entries, offered }),
  };
}

/** In the sandbox, lists of customers and of what they have are of those on no clock, unless a clock is chosen. */
function emptyOf({ visit }: Desk, { empty, filters = [] }: Section, asked: Asked): string {
  const areOthers = !visit.livemode && filters.includes('test_clock') && asked.filters['test_clock'] === undefined;
  return areOthers ? `${empty} Who lives on a test clock is shown if you choose the clock.` : empty;
}

/** What the filters and the forms of a list offer. */
const offeredOn = async (desk: Desk, section: Section): Promise<Offered> =>
  new Map([...(await offeredBy(desk, actionsOfList(section))), ...(await offeredIn(desk, section.filters ?? []))]);

/** Some lists page in one direction only: then what is newer begins with the newest. */
function canGoBack({ operations }: Desk, { list }: Section): boolean {
  const { parameters = null } = operations.get(`GET ${list}`) ?? {};
  return propertyOf(parameters, 'ending_before') !== null;
}

function at(href: string, { filters }: Asked, cursor: Record<string, string>): string {
  const query = new URLSearchParams({ ...filters, ...cursor }).toString();
  return query === '' ? href : `${href}?${query}`;
}

/** A parameter with few values becomes a choice. */
function filtersOf(desk: Desk, section: Section, { filters }: Asked, offered: Offered): Filter[] {
  const { parameters } = desk.operations.get(`GET ${section.list}`) ?? {};
  return (section.filters ?? []).map((name) => {
    const values = optionsOf(parameters ? propertyOf(parameters, name) : null);
    const value = filters[name] ?? '';
    const options =
      values === null ? null : [ANY, ...values.map((each) => ({ value: each, label: NAMES[each] ?? each.replaceAll('_', ' ') }))];
    const label = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`.replaceAll('_', ' ');
    const choice = isOffered(name) ? choiceFor(name, { value, isRequired: true }, offered) : {};
    if (choice.options) return { name, label, value, options: [ANY, ...choice.options], suggestions: [] };
    return { name, label, value, options, suggestions: choice.suggestions ?? [] };
  });
}

const ANY = { value: '', label: 'any' };
const NAMES: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

function optionsOf(type: z.ZodType | null): string[] | null {
  const { innerType, entries } = (type?.def ?? {}) as unknown as { innerType?: z.ZodType; entries?: Record<string, string> };
  if (innerType) return optionsOf(innerType);
  const { override } = (type?.meta() ?? {}) as { override?: { type?: string } };
  if (override?.type === 'boolean') return ['true', 'false'];
  return entries ? Object.values(entries) : null;
}

/**
 * All objects that the filters leave, page by page, as CSV.
 *
 * @throws HttpError if the API refuses, before the first line if it refuses the filters
 */
export async function* csvLines(desk: Desk, section: Section, asked: Asked): AsyncGenerator<string> {
  let headings = csvOf(['id', ...section.columns.map(({ label }) => label)], []);
  let after = asked.after;
  for (let rows = 0; rows < CSV_MOST; rows += CSV_PAGE) {
    const answered = await pageAt(desk, section, { ...asked, after, before: null }, CSV_PAGE);
    if (answered.status !== 200) throw new HttpError(answered.status, refusalOf(answered));
    const { data, hasMore } = listed(answered);
    const lines = data.map((object) => [keyIn(section, object), ...section.columns.map(({ path }) => cellAt(object, path).text)]);
    yield headings + csvOf([], lines).replace(/^\r\n/, '');
    if (!hasMore) return;
    headings = '';
    after = keyIn(section, data.at(-1));
  }
}
