import type { ReportModel, Table } from '../../web/console/model';
import { HttpError } from '../http/errors';
import type { RawParameters } from '../http/validation';
import { csvOf } from '../../objects/csv';
import { fieldModel, parametersOf, type Entries } from './actions';
import { ask, operationOf, refusalOf, type Answered, type Desk, type Json, type Question } from './ask';
import { cellOfColumn, currencyOf } from './cells';
import { movementsChart } from './chart';
import { clocksOf, usualClock } from './clocks';
import { rowTypeOf } from './formats';
import { frameOf } from './frame';
import { offeredIn } from './offers';
import type { Across, Report, ReportField } from './report';
import type { Column } from './section';
import { headingsOf } from './tables';

/** Rows of a file. Whoever needs more asks the API. */
const CSV_MOST = 20_000;

/** What was entered, or what the report usually asks for. */
export async function entriesOf(desk: Desk, fields: readonly ReportField[], query: URLSearchParams): Promise<Entries> {
  const entries = await Promise.all(
    fields.map(async (field) => [`p.${field.name}`, (query.get(`p.${field.name}`) ?? (await usualEntry(desk, field))).trim()] as const),
  );
  return Object.fromEntries(entries);
}

async function usualEntry(desk: Desk, { name, value }: ReportField): Promise<string> {
  if (name !== 'test_clock') return value?.() ?? '';
  return (await usualClock(desk, await clocksOf(desk)))?.id ?? '';
}

export async function reportModel(desk: Desk, report: Report, entries: Entries): Promise<ReportModel> {
  const { name, title, about, fields, tables, hasChart = false } = report;
  const answered = await ask(desk, questionOf(report, entries));
  const isAnswered = answered.status === 200;
  const query = new URLSearchParams(entries).toString();
  const offered = await offeredIn(
    desk,
    fields.map(({ offers }) => offers),
  );
  return {
    frame: frameOf(desk, { title, href: `/console/reports/${name}` }),
    heading: title,
    about,
    fields: fields.map((field) => fieldModel(field, entries, offered)),
    problem: isAnswered ? null : refusalOf(answered),
    hint: null,
    chart: isAnswered && hasChart ? movementsChart(answered.body) : null,
    tables: isAnswered ? tables.map((table) => ({ heading: table.heading, table: reportTable(desk, report, table, answered.body) })) : [],
    csv: isAnswered ? `/console/reports/${name}.csv?${query}` : null,
  };
}

/** What the API is asked, with what was entered. */
function questionOf({ name, title, call, fields, id }: Report, entries: Entries, more: RawParameters = {}): Question {
  const asked = { name, label: title, call, help: '', fields: fields.filter((field) => field.name !== id) };
  const parameters = { ...parametersOf(asked, entries, null), ...more };
  return { call, parameters, ...(id === undefined ? {} : { id: entries[`p.${id}`] ?? '' }) };
}

/**
 * The report as CSV.
 *
 * @throws HttpError if the API refuses
 */
export async function reportCsv(desk: Desk, report: Report, entries: Entries): Promise<string> {
  if (!report.hasCsv) return csvOfTable(desk, report, entries);
  const answered = answeredOr(await ask(desk, questionOf(report, entries, { format: 'csv' })));
  return String(answered.body['csv']);
}

function answeredOr(answered: Answered): Answered {
  if (answered.status !== 200) throw new HttpError(answered.status, refusalOf(answered));
  return answered;
}

/** The table as it is shown, for a report of the API that has no file of its own; all of its pages. */
async function csvOfTable(desk: Desk, report: Report, entries: Entries): Promise<string> {
  const [first] = report.tables;
  if (!first) throw new Error(`the report ${report.name} has no table`);
  let headings: string[] = [];
  const lines: string[][] = [];
  for (let after: string | null = null; ;) {
    const { body } = answeredOr(await ask(desk, questionOf(report, entries, after === null ? {} : { starting_after: after })));
    const { columns, rows } = reportTable(desk, report, first, body);
    headings = columns.map(({ label }) => label);
    lines.push(...rows.map((cells) => cells.map(({ text }) => text)));
    after = String((body[first.path] as Json[]).at(-1)?.['id']);
    if (body['has_more'] !== true || lines.length >= CSV_MOST) return csvOf(headings, lines);
  }
}

function reportTable(desk: Desk, report: Report, { heading, path, columns, across }: Report['tables'][number], body: Json): Table {
  const type = rowTypeOf(operationOf(desk, report.call).answer, path);
  const rows = (body[path] ?? []) as Json[];
  const currency = currencyOf(body);
  const further = across === undefined ? [] : acrossOf(rows, across);
  const cells = rows.map((row) => [...columns, ...further].map((column) => cellOfColumn(row, column, { type, currency })));
  return { caption: heading, columns: headingsOf([...columns, ...further], cells), rows: cells, empty: 'Nothing in this time.' };
}

/** As many columns as the longest row has. */
function acrossOf(rows: readonly Json[], { path, label, value, as }: Across): Column[] {
  const longest = rows.map((row) => row[path] as Json[]).reduce((one, other) => (other.length > one.length ? other : one), []);
  return longest.map((each, index) => ({
    label: String(each[label]),
    path: `${path}.${String(index)}.${value}`,
    ...(as === undefined ? {} : { as }),
  }));
}
