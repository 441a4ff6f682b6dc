import type { z } from 'zod';
import type { Notice, ObjectModel, Step } from '../../web/console/model';
import { HttpError } from '../http/errors';
import { csvOf } from '../../objects/csv';
import { actionsFor, offeredBy, type Entries } from './actions';
import { ask, listed, mayCall, operationOf, refusalOf, type Desk, type Json } from './ask';
import { cellAt, currencyOf, fieldsOf, time, valueAt } from './cells';
import { forecastChart } from './chart';
import { rowTypeOf, shapeOf } from './formats';
import { frameOf } from './frame';
import { hasValues, keyIn, type InnerTable, type Related, type Section } from './section';
import { SECTIONS } from './sections';
import { plainTable, tableOf } from './tables';

const RELATED = 10;
/** Rows of a file. */
const CSV_MOST = 100;
const STEPS = 50;

/** The path of one object: of a list's path, with the API's name for the object. */
export function itemPath(desk: Pick<Desk, 'operations'>, { list }: Section): string {
  const own = [...desk.operations.values()].find(
    ({ method, path }) => method === 'get' && path.startsWith(`${list}/:`) && !path.slice(list.length + 2).includes('/'),
  );
  if (!own) throw new Error(`the API has no path of one object of ${list}`);
  return own.path;
}

/**
 * The object; null if there is none.
 *
 * @throws HttpError if the API refuses to show it
 */
export async function findObject(desk: Desk, section: Section, id: string): Promise<Json | null> {
  const answered = await ask(desk, {
    call: `GET ${itemPath(desk, section)}`,
    id,
    parameters: section.expand ? { expand: [...section.expand] } : {},
  });
  if (answered.status === 404) return null;
  if (answered.status !== 200) throw new HttpError(answered.status, refusalOf(answered));
  return answered.body;
}

export async function objectModel(
  desk: Desk,
  section: Section,
  { object, entries, notice }: { object: Json; entries: Entries; notice: Notice | null },
): Promise<ObjectModel> {
  const id = keyIn(section, object);
  const href = `/console/${section.name}/${encodeURIComponent(id)}`;
  const [tables, timeline, offered] = await Promise.all([
    tablesOf(desk, section, object),
    section.hasTimeline ? timelineOf(desk, id) : null,
    offeredBy(desk, section.actions),
  ]);
  const state = section.columns.find(({ path }) => path === 'status');
  const facts = [...section.columns, ...(section.facts ?? [])].filter(({ path }) => path !== 'status' && path !== 'id');
  // What it is called or comes to, rather than the id of something else.
  const heading =
    facts.map(({ path }) => cellAt(object, path)).find(({ isCode, href }) => isCode !== true || href === undefined)?.text ?? '';
  return {
    frame: frameOf(desk, { title: `${section.title}: ${id}`, href, notice }),
    heading: heading === '' ? id : heading,
    parent: { title: section.title, href: `/console/${section.name}` },
    id,
    state: state ? cellAt(object, state.path) : null,
    progress: progressOf(section, object),
    facts: facts.map(({ label, path }) => ({ label, cell: cellAt(object, path) })).filter(({ cell }) => cell.text !== ''),
    links: [...linksOf(desk, section, object), ...auditLinks(desk, id)],
    actions: actionsFor(desk, section.actions, { object, href, entries, offered }),
    chart: section.isForecast === true ? forecastChart(object) : null,
    tables,
    timeline,
    fields: fieldsOf(object),
    json: JSON.stringify(object, null, 2),
    isUnderWay: section.underWay !== undefined && hasValues(object, section.underWay),
  };
}

/** Null while there is nothing to wait for. */
function progressOf({ progress }: Section, object: Json): ObjectModel['progress'] {
  const open = progress?.open[String(object['status'])];
  if (!progress || open === undefined) return null;
  const [of, left] = [numberAt(object, progress.of), numberAt(object, open)];
  return of === 0 ? null : { done: of - left, of };
}

function numberAt(object: Json, path: string): number {
  const value = valueAt(object, path);
  return typeof value === 'number' ? value : 0;
}

function linksOf({ deps }: Desk, { links = [], hasTimeline = false }: Section, object: Json): ObjectModel['links'] {
  const own = links.flatMap(({ label, path }) => {
    const { href } = cellAt(object, path);
    return href === undefined ? [] : [{ label, href }];
  });
  const { temporalUiUrl: ui, temporalNamespace: namespace } = deps.config;
  if (!hasTimeline || ui === undefined) return own;
  const workflow = encodeURIComponent(`subscription/${String(object['id'])}`);
  return [...own, { label: 'Workflow in Temporal', href: `${ui}/namespaces/${namespace}/workflows/${workflow}` }];
}

/** What was done to the object, and by it if it is a user or a key. */
function auditLinks(desk: Desk, id: string): ObjectModel['links'] {
  if (!mayCall(desk, 'GET /v1/audit_entries')) return [];
  const to = (by: string): string => `/console/audit?${new URLSearchParams({ [by]: id }).toString()}`;
  const isActor = /^(usr|key)_/.test(id);
  return [{ label: 'Audit log', href: to('related_object') }, ...(isActor ? [{ label: 'What it has done', href: to('actor') }] : [])];
}

/** A table of the object's page as a file; null if there is no such table. */
export async function tableCsv(desk: Desk, section: Section, object: Json, heading: string): Promise<string | null> {
  const own = [...tablesWithin(section, object), ...(await subTables(desk, section, keyIn(section, object), CSV_MOST))];
  const found = own.find((each) => each.heading === heading);
  if (!found) return null;
  const { columns, rows } = found.table;
  return csvOf(
    columns.map(({ label }) => label),
    rows.map((cells) => cells.map(({ text }) => text)),
  );
}

async function tablesOf(desk: Desk, section: Section, object: Json): Promise<ObjectModel['tables']> {
  const id = keyIn(section, object);
  const [own, others] = await Promise.all([
    subTables(desk, section, id, RELATED),
    Promise.all(
      (section.related ?? []).flatMap((related) => {
        const target = SECTIONS.find(({ name }) => name === related.section);
        if (!target || !mayCall(desk, `GET ${target.list}`)) return [];
        return [relatedTable(desk, target, { ...related, object })];
      }),
    ),
  ]);
  const fileOf = (heading: string): string =>
    `/console/${section.name}/${encodeURIComponent(id)}/table.csv?${new URLSearchParams({ heading }).toString()}`;
  // What a list comes to is told before the rest, and the list itself after it.
  const [sums, last] = [own.slice(0, -1), own.slice(-1)];
  const files = [...sums, ...tablesWithin(section, object), ...last].map(({ heading, table }) => {
    return { heading, table, more: null, csv: table.rows.length === 0 ? null : fileOf(heading) };
  });
  return [...files, ...others];
}

type OwnTable = Pick<ObjectModel['tables'][number], 'heading' | 'table'>;

/** What the object itself has. */
function tablesWithin(section: Section, object: Json): OwnTable[] {
  return (section.tables ?? []).flatMap((table) => innerTable(object, shapeOf(object), table));
}

function innerTable(object: Json, shape: z.ZodType | null, { heading, path, columns, hidesEmpty = false }: InnerTable): OwnTable[] {
  const rows = rowsAt(object, path);
  if (rows === null || (hidesEmpty && rows.length === 0)) return [];
  const of = { objects: rows, type: rowTypeOf(shape, path), currency: currencyOf(object) };
  return [{ heading, table: plainTable(heading, columns, of) }];
}

function rowsAt(object: Json, path: string): Json[] | null {
  const value = valueAt(object, path);
  if (Array.isArray(value)) return value as Json[];
  return typeof value === 'object' && value !== null ? [value as Json] : null;
}

/** What a list below the object has, if there is one. */
async function subTables(desk: Desk, { subTable }: Section, id: string, limit: number): Promise<OwnTable[]> {
  if (!subTable) return [];
  const { heading, list, path = 'data', columns, shows = () => true, sums = [], most = limit, empty } = subTable;
  const call = `GET ${list}`;
  const answered = await ask(desk, { call, id, limit: Math.max(most, limit) });
  if (answered.status !== 200) return [];
  const { answer } = operationOf(desk, call);
  const rows = rowsAt(answered.body, path) ?? [];
  const table = plainTable(heading, columns, { objects: rows.filter(shows), type: rowTypeOf(answer, path) });
  return [
    ...sums.flatMap((each) => innerTable(answered.body, answer, each)),
    { heading, table: empty === undefined ? table : { ...table, empty } },
  ];
}

async function relatedTable(
  desk: Desk,
  target: Section,
  { title, by, object, with: more = {} }: Related & { object: Json },
): Promise<ObjectModel['tables'][number]> {
  const id = String(object['id']);
  const expand = target.expand ? { expand: target.expand.map((path) => `data.${path}`) } : {};
  const parameters = { ...target.always, ...more, ...expand, [by]: id };
  const answered = await ask(desk, { call: `GET ${target.list}`, parameters, limit: RELATED });
  const { data } = listed(answered);
  // What is the same in every row, as it is of this object, has no column.
  const columns = target.columns.filter(({ path }) => path !== by && (path !== 'customer' || object['customer'] === undefined));
  const table = { ...tableOf({ ...target, columns }, data), empty: answered.status === 200 ? 'None.' : refusalOf(answered) };
  const query = new URLSearchParams({ ...more, [by]: id }).toString();
  return { heading: title, table, more: data.length > 0 ? `/console/${target.name}?${query}` : null, csv: null };
}

interface Done {
  at: number;
  sentence: string;
  workflow: string;
}

/** What the workflow has done, newest first, below what it will do. */
async function timelineOf(desk: Desk, id: string): Promise<Step[]> {
  const call = 'GET /v1/subscriptions/:subscription/timeline';
  const { status, body } = await ask(desk, { call, id, parameters: { limit: String(STEPS) } });
  if (status !== 200) return [];
  const { done, planned } = body as unknown as { done: Done[]; planned: Done[] };
  const step =
    (isPlanned: boolean) =>
    (each: Done): Step => ({
      at: time(each.at),
      text: each.sentence,
      isPlanned,
      workflow: cellAt({ id: each.workflow.split('/')[1] ?? '' }, 'id'),
    });
  const soonestLast = [...planned].sort((one, other) => other.at - one.at).map(step(true));
  return [...soonestLast, ...[...done].sort((one, other) => other.at - one.at).map(step(false))];
}
