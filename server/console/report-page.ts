import type { ReportModel, Table } from '../../web/console/model';
import { HttpError } from '../http/errors';
import { fieldModel, parametersOf, type Entries } from './actions';
import { ask, operationOf, refusalOf, type Desk, type Json } from './ask';
import { cellOfColumn, currencyOf } from './cells';
import { movementsChart } from './chart';
import { rowTypeOf } from './formats';
import { frameOf } from './frame';
import type { Across, Report } from './reports';
import type { Column } from './section';
import { headingsOf } from './tables';

/** What was entered, or what the report usually asks for. */
export function entriesOf({ fields }: Report, query: URLSearchParams): Entries {
  const isAsked = [...query.keys()].some((name) => name.startsWith('p.'));
  return Object.fromEntries(fields.map(({ name, value }) => [`p.${name}`, isAsked ? (query.get(`p.${name}`) ?? '') : (value?.() ?? '')]));
}

export async function reportModel(desk: Desk, report: Report, entries: Entries): Promise<ReportModel> {
  const { name, title, call, about, fields, tables, hasChart = false, hasCsv } = report;
  const answered = await ask(desk, { call, parameters: parametersOf(asAction(report), entries, null) });
  const isAnswered = answered.status === 200;
  const query = new URLSearchParams(entries).toString();
  return {
    frame: frameOf(desk, { title, href: `/console/reports/${name}` }),
    heading: title,
    about,
    fields: fields.map((field) => fieldModel(field, entries)),
    problem: isAnswered ? null : refusalOf(answered),
    chart: isAnswered && hasChart ? movementsChart(answered.body) : null,
    tables: isAnswered ? tables.map((table) => ({ heading: table.heading, table: reportTable(desk, report, table, answered.body) })) : [],
    csv: isAnswered && hasCsv ? `/console/reports/${name}.csv?${query}` : null,
  };
}

const asAction = ({ name, title, call, fields }: Report) => ({ name, label: title, call, help: '', fields });

/**
 * The report as CSV.
 *
 * @throws HttpError if the API refuses
 */
export async function reportCsv(desk: Desk, report: Report, entries: Entries): Promise<string> {
  const parameters = { ...parametersOf(asAction(report), entries, null), format: 'csv' };
  const answered = await ask(desk, { call: report.call, parameters });
  if (answered.status !== 200) throw new HttpError(answered.status, refusalOf(answered));
  return String(answered.body['csv']);
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
