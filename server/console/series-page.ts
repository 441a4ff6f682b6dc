import type { Chart, ReportModel, Table } from '../../web/console/model';
import { money } from '../../web/money';
import { fieldModel, type Entries } from './actions';
import { ask, mayCall, refusalOf, type Answered, type Desk } from './ask';
import { dayOf, monthOf } from './dates';
import { frameOf } from './frame';
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
  const fields = [UNTIL, ...series.fields];
  const entries: Entries = Object.fromEntries(fields.map(({ name }) => [`p.${name}`, (query.get(`p.${name}`) ?? '').trim()]));
  const valueOf = (name: string): string => entries[`p.${name}`] ?? '';
  const missing = series.fields.filter(({ name, isRequired }) => isRequired === true && valueOf(name) === '');
  const entered = Date.parse(`${valueOf('until')}T00:00:00Z`) / 1000;
  const spans = spansUntil(Number.isNaN(entered) ? Math.floor(Date.now() / 1000) : entered, series.unit);
  const answers = missing.length > 0 ? [] : await answersOf(desk, series, spans, valueOf);
  const refused = answers.find(({ status }) => status !== 200);
  const chart =
    refused || answers.length === 0 ? null : chartOf(series, spans, answers, await currencyFor(desk, series, valueOf('currency')));
  return {
    frame: frameOf(desk, { title: series.title, href: `/console/reports/${series.name}` }),
    ...{ heading: series.title, about: series.about, fields: fields.map((field) => fieldModel(field, entries)) },
    problem: refused ? refusalOf(refused) : null,
    chart: chart?.chart ?? null,
    tables: chart ? [{ heading: `By ${series.unit}`, table: chart.table }] : [],
    csv: null,
  };
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

function chartOf(series: Series, spans: readonly Span[], answers: readonly Answered[], currency: string): { chart: Chart; table: Table } {
  const points = answers.map(({ body }) => series.pointOf(body, currency));
  const shown = (value: number): { value: number; text: string } => ({
    value,
    text: series.isMoney ? money(value, currency, 'en') : String(value),
  });
  const labelOf = ({ start }: Span): string => (series.unit === 'week' ? dayOf(start) : monthOf(start));
  const bars = points.map(({ parts, line }, index) => ({
    label: labelOf(spans[index] as Span),
    parts: parts.map(({ name, value }) => ({ name, ...shown(value) })),
    line: shown(line),
  }));
  const title = series.isMoney ? `${series.title}, ${currency.toUpperCase()}` : series.title;
  return { chart: { title, key: series.key, bars }, table: tableOf(series, points, bars) };
}

function tableOf({ title, key, unit }: Series, points: readonly Point[], bars: Chart['bars']): Table {
  const [first] = points;
  const names = [...(first?.parts.map(({ name }) => name) ?? []), key.line, ...(first?.more ?? []).map(({ name }) => name)];
  return {
    caption: title,
    columns: [{ label: unit === 'week' ? 'Week from' : 'Month', isNumber: false }, ...names.map((label) => ({ label, isNumber: true }))],
    rows: bars.map(({ label, parts, line }, index) => [
      { text: label },
      ...[...parts, line].map(({ text, value }) => ({ text, sort: value, isNumber: true })),
      ...(points[index]?.more ?? []).map(({ text }) => ({ text, isNumber: true })),
    ]),
    empty: 'Nothing in this time.',
  };
}
