import type { Filter, ListModel, Notice } from '../../web/console/model';
import { csvOf } from '../../objects/csv';
import type { RawParameters } from '../http/validation';
import { parseForm } from '../http/wire';
import { actionsFor, choiceFor, offeredBy, secondsOf, type Entries } from './actions';
import { ask, askWhole, listed, refusalOf, type Desk, type Question } from './ask';
import { cellAt } from './cells';
import { frameOf } from './frame';
import { propertyOf } from './formats';
import { isOffered, offeredIn, type Offered } from './offers';
import { actionsOfList, keyIn, type Section } from './section';
import { inAddress, optionsOf, orderOf, sortable, sortIn, type Sort } from './sorting';
import { tableOf, type Sorts } from './tables';

const PAGE = 25;
/** Rows of a file. Whoever needs more asks the API. */
const CSV_MOST = 20_000;

/** What the address of a list says. */
export interface Asked {
  filters: Readonly<Record<string, string>>;
  sort: Sort | null;
  after: string | null;
  before: string | null;
}

export function askedOf(desk: Desk, section: Section, query: URLSearchParams): Asked {
  const named = [...(section.filters ?? []), ...daysOf(desk, section)].flatMap((name) => {
    const value = (query.get(name) ?? '').trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return { filters: Object.fromEntries(named), sort: sortIn(desk, section, query), after: query.get('after'), before: query.get('before') };
}

const listAsked = (section: Section, asked: Asked): Pick<Question, 'call' | 'parameters'> => ({
  call: `GET ${section.list}`,
  parameters: {
    ...section.always,
    ...filtered(asked),
    ...orderOf(asked.sort),
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
  const answered = await ask(desk, { ...listAsked(section, asked), limit: PAGE });
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
    table: {
      ...tableOf({ ...section, empty: emptyOf(desk, section, asked) }, data, headingsFor(desk, section, asked)),
      isPart: !(isFirst && isLast),
    },
    isSorted: asked.sort !== null,
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

function at(href: string, { filters, sort }: Pick<Asked, 'filters' | 'sort'>, cursor: Record<string, string>): string {
  const query = new URLSearchParams({ ...filters, ...(sort === null ? {} : { sort: inAddress(sort) }), ...cursor }).toString();
  return query === '' ? href : `${href}?${query}`;
}

/** The two ends of the API's `created` range, where a list has it. Each is entered as a day. */
const DAYS: Readonly<Record<string, string>> = { 'created[gte]': 'From', 'created[lt]': 'Before' };

const daysOf = (desk: Desk, { list }: Section): string[] =>
  propertyOf(desk.operations.get(`GET ${list}`)?.parameters ?? null, 'created') === null ? [] : Object.keys(DAYS);

/** What the filters ask of the API. */
function filtered({ filters }: Asked): RawParameters {
  const asked = Object.entries(filters).map(([name, value]) => [name, Object.hasOwn(DAYS, name) ? secondsOf(value) : value]);
  return parseForm(new URLSearchParams(asked).toString());
}

/** Each column by which the API sorts is a link; a second use of it turns the order around. */
const headingsFor = (desk: Desk, section: Section, { filters, sort }: Asked): Sorts => {
  const href = `/console/${section.name}`;
  return new Map(
    sortable(desk, section).map(({ label, by }) => {
      const isUp = sort?.by === by ? !sort.isUp : true;
      const now = sort?.by === by ? (sort.isUp ? 'ascending' : 'descending') : null;
      return [label, { href: at(href, { filters, sort: { by, isUp } }, {}), now }];
    }),
  );
};

function filtersOf(desk: Desk, section: Section, asked: Asked, offered: Offered): Filter[] {
  return [...ownFilters(desk, section, asked, offered), ...dayFilters(desk, section, asked), ...sortFilter(desk, section, asked)];
}

const dayFilters = (desk: Desk, section: Section, { filters }: Asked): Filter[] =>
  daysOf(desk, section).map((name) => {
    return { name, label: DAYS[name] ?? name, value: filters[name] ?? '', type: 'date', options: null, suggestions: [] };
  });

/** On a phone a list has no headings that could be chosen. */
function sortFilter(desk: Desk, section: Section, { sort }: Asked): Filter[] {
  const columns = sortable(desk, section);
  if (columns.length === 0) return [];
  const choices = columns.flatMap(({ label, by }) => [
    { value: inAddress({ by, isUp: true }), label: `${label} ↑` },
    { value: inAddress({ by, isUp: false }), label: `${label} ↓` },
  ]);
  const value = sort === null ? '' : inAddress(sort);
  return [
    { name: 'sort', label: 'Sorted by', value, type: 'text', options: [{ value: '', label: 'newest first' }, ...choices], suggestions: [] },
  ];
}

/** A parameter with few values becomes a choice. */
function ownFilters(desk: Desk, section: Section, { filters }: Asked, offered: Offered): Filter[] {
  const { parameters } = desk.operations.get(`GET ${section.list}`) ?? {};
  return (section.filters ?? []).map((name) => {
    const values = optionsOf(parameters ? propertyOf(parameters, name) : null);
    const value = filters[name] ?? '';
    const options =
      values === null ? null : [ANY, ...values.map((each) => ({ value: each, label: NAMES[each] ?? each.replaceAll('_', ' ') }))];
    const label = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`.replaceAll('_', ' ');
    const choice = isOffered(name) ? choiceFor(name, { value, isRequired: true }, offered) : {};
    const of = { name, label, value, type: 'text' as const };
    if (choice.options) return { ...of, options: [ANY, ...choice.options], suggestions: [] };
    return { ...of, options, suggestions: choice.suggestions ?? [] };
  });
}

const ANY = { value: '', label: 'any' };
const NAMES: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

/**
 * All objects that the filters leave, part by part, as CSV.
 *
 * @throws HttpError if the API refuses, before the first line if it refuses the filters
 */
export async function* csvLines(desk: Desk, section: Section, asked: Asked): AsyncGenerator<string> {
  let headings = csvOf(['id', ...section.columns.map(({ label }) => label)], []);
  for await (const objects of askWhole(desk, listAsked(section, { ...asked, before: null }), CSV_MOST)) {
    const lines = objects.map((object) => [keyIn(section, object), ...section.columns.map(({ path }) => cellAt(object, path).text)]);
    yield headings + csvOf([], lines).replace(/^\r\n/, '');
    headings = '';
  }
  if (headings !== '') yield headings;
}
