import type { Chart, ReportModel, Table } from '../../web/console/model';
import { money } from '../../web/money';
import { csvOf, majorUnits } from '../../objects/csv';
import { HttpError } from '../http/errors';
import { fieldModel, type Entries } from './actions';
import { ask, mayCall, refusalOf, type Answered, type Desk } from './ask';
import { dayOf, monthOf } from './dates';
import { withTicks } from './chart';
import { frameOf } from './frame';
import { areFew, NOTHING_OFFERED, offeredIn, type Offered } from './offers';
import { entriesOf } from './report-page';
import type { ReportField } from './report';
import type { Point, Series, Span } from './series';

const SPANS = 12;
const WEEK = 604_800;
/** Weeks begin on Monday; the epoch was a Thursday. */
const FIRST_MONDAY = 345_600;

const UNTIL = { name: 'until', label: 'Until', type: 'date' } as const;

/** The last spans up to a moment, the oldest first. */
export function spansUntil(at: number, unit: Series['unit']): Span[] {
  const edge =
    unit === 'week'
      ? (index: number): number => FIRST_MONDAY + (Math.floor((at - 1 - FIRST_MONDAY) / WEEK) + 1 - index) * WEEK
      : (index: number): number => {
          const day = new Date((at - 1) * 1000);
          return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1 - index) / 1000;
        };
  return Array.from({ length: SPANS }, (_, index) => ({ start: edge(SPANS - index), end: edge(SPANS - index - 1) }));
}

export async function seriesModel(desk: Desk, series: Series, query: URLSearchParams): Promise<ReportModel> {
  const fields = fieldsOf(series);
  const offered = await offeredIn(
    desk,
    fields.map(({ offers }) => offers),
  );
  const entries = await enteredIn(desk, fields, query, offered);
  const { points, refused } = await pointsOf(desk, series, entries);
  const isAsked = points !== null || refused !== null;
  return {
    frame: frameOf(desk, { title: series.title, href: `/console/reports/${series.name}` }),
    ...{ heading: series.title, about: series.about, fields: fields.map((field) => fieldModel(field, entries, offered)) },
    problem: refused === null ? null : refusalOf(refused),
    hint: isAsked ? null : wantedIn(series, entries),
    chart: points === null ? null : chartOf(series, points),
    tables: points === null ? [] : [{ heading: `By ${series.unit}`, table: tableOf(series, points) }],
    csv: points === null ? null : `/console/reports/${series.name}.csv?${new URLSearchParams(entries).toString()}`,
  };
}

/**
 * What the chart shows, as CSV: amounts in major units.
 *
 * @throws HttpError if the API refuses, or something is not chosen yet
 */
export async function seriesCsv(desk: Desk, series: Series, query: URLSearchParams): Promise<string> {
  const entries = await enteredIn(desk, fieldsOf(series), query, NOTHING_OFFERED);
  const { points, refused } = await pointsOf(desk, series, entries);
  if (refused !== null) throw new HttpError(refused.status, refusalOf(refused));
  if (points === null) throw new HttpError(400, wantedIn(series, entries));
  const { columns, rows } = tableOf(series, points);
  const lines = rows.map((cells) => cells.map(({ text, sort }) => plainOf(series, points.currency, { text, sort })));
  return csvOf(
    columns.map(({ label }) => label),
    lines,
  );
}

const plainOf = ({ isMoney }: Series, currency: string, { text, sort }: { text: string; sort: number | undefined }): string =>
  isMoney && sort !== undefined ? majorUnits(sort, currency) : text;

const fieldsOf = ({ fields }: Series): ReportField[] => [UNTIL, ...fields];
const missingIn = ({ fields }: Series, entries: Entries): Series['fields'] =>
  fields.filter(({ name, isRequired }) => isRequired === true && (entries[`p.${name}`] ?? '') === '');
const wantedIn = (series: Series, entries: Entries): string =>
  `Choose ${missingIn(series, entries)
    .map(({ label }) => `a ${label.toLowerCase()}`)
    .join(' and ')}.`;

/** Of few things, the first is shown until another one is chosen. */
async function enteredIn(desk: Desk, fields: readonly ReportField[], query: URLSearchParams, offered: Offered): Promise<Entries> {
  const entries = await entriesOf(desk, fields, query);
  const first = fields.flatMap(({ name, offers, isRequired }) => {
    const [choice] = offers !== undefined && areFew(offers) && isRequired === true ? (offered.get(offers) ?? []) : [];
    return choice !== undefined && entries[`p.${name}`] === '' ? [[`p.${name}`, choice.value] as const] : [];
  });
  return { ...entries, ...Object.fromEntries(first) };
}

interface Points {
  spans: readonly Span[];
  points: readonly Point[];
  currency: string;
}

/** Null: something is not chosen yet, or the API refuses. */
async function pointsOf(desk: Desk, series: Series, entries: Entries): Promise<{ points: Points | null; refused: Answered | null }> {
  const valueOf = (name: string): string => entries[`p.${name}`] ?? '';
  if (missingIn(series, entries).length > 0) return { points: null, refused: null };
  const entered = Date.parse(`${valueOf('until')}T00:00:00Z`) / 1000;
  const spans = spansUntil(Number.isNaN(entered) ? Math.floor(Date.now() / 1000) : entered, series.unit);
  const answers = await answersOf(desk, series, spans, valueOf);
  const refused = answers.find(({ status }) => status !== 200);
  if (refused) return { points: null, refused };
  const currency = await currencyFor(desk, series, valueOf('currency'));
  return { points: { spans, currency, points: answers.map(({ body }) => series.pointOf(body, currency)) }, refused: null };
}

function answersOf(
  desk: Desk,
  { call, fields, id, spanOf }: Series,
  spans: readonly Span[],
  valueOf: (name: string) => string,
): Promise<Answered[]> {
  const isAsked = (name: string): boolean => name !== id && valueOf(name) !== '' && (name !== 'currency' || takesCurrency(desk, call));
  const asked = Object.fromEntries(fields.filter(({ name }) => isAsked(name)).map(({ name }) => [name, valueOf(name)]));
  return Promise.all(
    spans.map((span) =>
      ask(desk, {
        call,
        ...(id === undefined ? {} : { id: valueOf(id) }),
        parameters: { ...asked, ...spanOf(span) },
      }),
    ),
  );
}

/** Some reports have all currencies, of which one is shown. */
const takesCurrency = ({ operations }: Desk, call: string): boolean => {
  const shape = (operations.get(call)?.parameters.def as { shape?: object } | undefined)?.shape ?? {};
  return Object.hasOwn(shape, 'currency');
};

/** The currency that was entered, or the seller's default. Of what is no money, nobody asks for it. */
async function currencyFor(desk: Desk, { isMoney }: Series, entered: string): Promise<string> {
  const call = 'GET /v1/insight/summary';
  if (entered !== '') return entered.toLowerCase();
  if (!isMoney || !mayCall(desk, call)) return 'usd';
  const { body } = await ask(desk, { call });
  return typeof body['currency'] === 'string' ? body['currency'] : 'usd';
}

const labelOf = ({ unit }: Series, { start }: Span): string => (unit === 'week' ? dayOf(start) : monthOf(start));

const shownIn =
  ({ isMoney }: Series, { currency }: Points) =>
  (value: number): string =>
    isMoney ? money(value, currency, 'en') : String(value);

function chartOf(series: Series, of: Points): Chart {
  const textOf = shownIn(series, of);
  const bars = of.points.map(({ parts, line }, index) => ({
    label: labelOf(series, of.spans[index] as Span),
    parts: parts.map((part) => ({ ...part, text: textOf(part.value) })),
    line: { value: line, text: textOf(line) },
  }));
  const title = series.isMoney ? `${series.title}, ${of.currency.toUpperCase()}` : series.title;
  return withTicks({ title, key: series.key, bars }, textOf);
}

/** The line has a column unless a part is the same. */
function tableOf(series: Series, of: Points): Table {
  const textOf = shownIn(series, of);
  const line = series.key.find((each) => each.as === 'line')?.label ?? '';
  const valuesOf = ({ parts, line: value }: Point): { name: string; value: number }[] =>
    parts.some(({ name }) => name === line) ? [...parts] : [...parts, { name: line, value }];
  const [first] = of.points;
  const names = first ? [...valuesOf(first), ...(first.more ?? [])].map(({ name }) => name) : [];
  return {
    caption: series.title,
    columns: [
      { label: series.unit === 'week' ? 'Week from' : 'Month', isNumber: false },
      ...names.map((label) => ({ label, isNumber: true })),
    ],
    rows: of.points.map((point, index) => [
      { text: labelOf(series, of.spans[index] as Span) },
      ...valuesOf(point).map(({ value }) => ({ text: textOf(value), sort: value, isNumber: true })),
      ...(point.more ?? []).map(({ text }) => ({ text, isNumber: true })),
    ]),
    empty: 'Nothing in this time.',
  };
}
