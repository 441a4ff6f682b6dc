/** The console's pages: a list for each section, a page for each object, reports, a search. All they know and do is by the API. */
import express, { Router, type Request, type Response } from 'express';
import { ChecklistPage } from '../../web/console/checklist-page';
import { HomePage } from '../../web/console/home-page';
import { ListPage } from '../../web/console/list-page';
import type { Notice } from '../../web/console/model';
import { ObjectPage } from '../../web/console/object-page';
import { ReportPage } from '../../web/console/report-page';
import { SearchPage } from '../../web/console/search-page';
import { renderPage } from '../../web/render';
import { readEntries } from '../checkout/form';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import type { Exchange } from '../forms/run-once';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import type { Operation } from '../http/operation';
import { idEntered, parametersOf, type Entries } from './actions';
import { ask, mayCall, refusalOf, type Desk, type Json } from './ask';
import { pageOf, valueAt } from './cells';
import { consoleDesks } from './desk';
import { checklistModel } from './checklist-page';
import { homeModel } from './home-page';
import { askedOf, csvLines, listModel } from './list-page';
import { findObject, objectModel, tableCsv } from './object-page';
import { entriesOf, reportCsv, reportModel } from './report-page';
import { REPORTS } from './reports';
import { SERIES } from './series';
import { seriesCsv, seriesModel } from './series-page';
import { waitingCsv, waitingModel } from './waiting-page';
import { searchModel } from './search-page';
import { actionsOfList, type Action, type Section } from './section';
import { SECTIONS } from './sections';

const LONGEST_QUERY = 200;
/** The API refuses what is too long, and says so. */
const WHOLE = Infinity;

interface Entered extends Exchange {
  desk: Desk;
}

export function consolePages(deps: Dependencies, operations: readonly Operation[]): Router {
  const desks = consoleDesks(deps, operations);
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  const page = (show: (entered: Entered) => Promise<void>) => async (request: Request, response: Response) => {
    const desk = await desks({ request, response });
    if (desk !== null) await show({ request, response, desk });
  };
  router.get('/console', page(home));
  router.get('/console/search', page(search));
  router.get('/console/go-live', page(goLive));
  router.get('/console/waiting', page(waiting));
  router.get('/console/waiting.csv', page(waitingFile));
  router.get('/console/reports/:report', page(report));
  router.get('/console/:section', page(list));
  router.post('/console/:section/:action', form, page(create));
  router.get('/console/:section/:id', page(object));
  router.get('/console/:section/:id/table.csv', page(objectFile));
  router.post('/console/:section/:id/:action', form, page(act));
  return router;
}

async function home({ request, response, desk }: Entered): Promise<void> {
  const query = queryOf(request);
  const asked = { clock: query.get('clock'), currency: query.get('currency') };
  sendPage(response, 200, renderPage(HomePage(await homeModel(desk, asked))));
}

async function goLive({ response, desk }: Entered): Promise<void> {
  sendPage(response, 200, renderPage(ChecklistPage(await checklistModel(desk))));
}

async function waiting({ response, desk }: Entered): Promise<void> {
  sendPage(response, 200, renderPage(ListPage(await waitingModel(desk))));
}

async function waitingFile({ response, desk }: Entered): Promise<void> {
  startCsv(response, 'waiting').end(await waitingCsv(desk));
}

async function search({ request, response, desk }: Entered): Promise<void> {
  const query = (queryOf(request).get('q') ?? '').trim().slice(0, LONGEST_QUERY);
  sendPage(response, 200, renderPage(SearchPage(await searchModel(desk, query))));
}

async function report({ request, response, desk }: Entered): Promise<void> {
  const [name, isCsv] = partsOf(String(request.params['report']));
  const series = SERIES.find((each) => each.name === name);
  if (series) {
    if (isCsv) startCsv(response, name).end(await seriesCsv(desk, series, queryOf(request)));
    else sendPage(response, 200, renderPage(ReportPage(await seriesModel(desk, series, queryOf(request)))));
    return;
  }
  const found = REPORTS.find((each) => each.name === name) ?? missing();
  const entries = await entriesOf(desk, found.fields, queryOf(request));
  if (!isCsv) {
    sendPage(response, 200, renderPage(ReportPage(await reportModel(desk, found, entries))));
    return;
  }
  const csv = await reportCsv(desk, found, entries);
  startCsv(response, name).end(csv);
}

async function list({ request, response, desk }: Entered): Promise<void> {
  const [name, isCsv] = partsOf(String(request.params['section']));
  const section = sectionNamed(name);
  if (!mayCall(desk, `GET ${section.list}`)) throw new HttpError(403, `Your role does not see this place: ${section.title}.`);
  const asked = askedOf(desk, section, queryOf(request));
  if (isCsv) {
    for await (const lines of csvLines(desk, section, asked)) (response.headersSent ? response : startCsv(response, name)).write(lines);
    response.end();
    return;
  }
  const model = await listModel(desk, section, { asked, entries: {}, notice: noticeOf(request, section) });
  sendPage(response, 200, renderPage(ListPage(model)));
}

async function create({ request, response, desk }: Entered): Promise<void> {
  const section = sectionNamed(String(request.params['section']));
  const action = actionsOfList(section).find(({ name }) => name === request.params['action']) ?? missing();
  const entries = { ...readEntries(request.body, WHOLE), action: action.name };
  const { notice, leadsTo } = await carryOut(desk, action, entries, null);
  if (notice === null) {
    response.redirect(303, `${leadsTo ?? `/console/${section.name}`}?done=${action.name}`);
    return;
  }
  const asked = askedOf(desk, section, new URLSearchParams());
  const model = await listModel(desk, section, { asked, entries: notice.kind === 'done' ? {} : entries, notice });
  sendPage(response, statusOf(notice), renderPage(ListPage(model)));
}

async function object({ request, response, desk }: Entered): Promise<void> {
  const section = sectionNamed(String(request.params['section']));
  const found = section.item === null ? null : await findObject(desk, section, String(request.params['id']));
  if (found === null) missing();
  else {
    const model = await objectModel(desk, section, { object: found, entries: {}, notice: noticeOf(request, section) });
    sendPage(response, 200, renderPage(ObjectPage(model)));
  }
}

/** A table of the object's page, as CSV. */
async function objectFile({ request, response, desk }: Entered): Promise<void> {
  const section = sectionNamed(String(request.params['section']));
  const found = section.item === null ? null : await findObject(desk, section, String(request.params['id']));
  const csv = found && (await tableCsv(desk, section, found, queryOf(request).get('heading') ?? ''));
  if (csv === null) missing();
  else startCsv(response, section.name).end(csv);
}

async function act({ request, response, desk }: Entered): Promise<void> {
  const section = sectionNamed(String(request.params['section']));
  const id = String(request.params['id']);
  const action = section.actions.find(({ name }) => name === request.params['action']) ?? missing();
  const entries = { ...readEntries(request.body, WHOLE), action: action.name };
  const { notice, leadsTo } = await carryOut(desk, action, entries, id);
  if (notice === null && action.leadsTo !== undefined && leadsTo !== null) {
    response.redirect(303, `${leadsTo}?done=${section.name}.${action.name}`);
    return;
  }
  const found = await findObject(desk, section, id);
  if (notice === null) {
    const back = found === null ? `/console/${section.name}` : `/console/${section.name}/${encodeURIComponent(id)}`;
    response.redirect(303, `${back}?done=${action.name}`);
    return;
  }
  if (found === null) missing();
  else {
    const model = await objectModel(desk, section, { object: found, entries: notice.kind === 'done' ? {} : entries, notice });
    sendPage(response, statusOf(notice), renderPage(ObjectPage(model)));
  }
}

interface Outcome {
  notice: Notice | null;
  /** The page of what was made. */
  leadsTo: string | null;
}

/** What the page says at once: a refusal, or what is shown only now. Otherwise nothing, and the browser is sent on. */
async function carryOut(desk: Desk, action: Action, entries: Entries, id: string | null): Promise<Outcome> {
  const parameters = parametersOf(action, entries, id);
  const submission = entries['submission'] ?? '';
  const of = id ?? idEntered(action, entries);
  const answered = await ask(desk, {
    call: action.call,
    parameters,
    ...(of === null ? {} : { id: of }),
    ...(submission ? { submission } : {}),
  });
  if (answered.status !== 200) return { notice: { kind: 'problem', text: refusalOf(answered) }, leadsTo: null };
  const { reveals, tells } = action;
  const secret = reveals === undefined ? undefined : answered.body[reveals.property];
  if (reveals && typeof secret === 'string') return { notice: { kind: 'done', text: `${reveals.label}: ${secret}` }, leadsTo: null };
  return tells ? { notice: { kind: 'done', text: tells(answered.body) }, leadsTo: null } : afterwards(desk, action, answered.body);
}

function afterwards({ visit }: Desk, { leadsTo: path = 'id', label }: Action, body: Json): Outcome {
  const leadsTo = pageOf(String(valueAt(body, path)));
  const isElsewhere = visit.livemode && body['livemode'] === false;
  if (leadsTo === null || !isElsewhere) return { notice: null, leadsTo };
  const inTestData = { href: leadsTo, label: 'Show it in the test data' };
  return { notice: { kind: 'done', text: `Done: ${label}.`, inTestData }, leadsTo: null };
}

const statusOf = ({ kind }: Notice): number => (kind === 'done' ? 200 : 400);

/** What the form before has done. Only actions are named, so that an address cannot make the page say anything else. */
function noticeOf(request: Request, section: Section): Notice | null {
  const [name, place = section.name] = (queryOf(request).get('done') ?? '').split('.').reverse();
  const { actions = [], ...ofList } = SECTIONS.find((each) => each.name === place) ?? {};
  const done = [...actions, ...actionsOfList(ofList)].find((each) => each.name === name);
  return done === undefined ? null : { kind: 'done', text: `Done: ${done.label}.` };
}

const queryOf = (request: Request): URLSearchParams => new URL(request.url, 'http://localhost').searchParams;

/** `customers.csv` */
function partsOf(name: string): [string, boolean] {
  return name.endsWith('.csv') ? [name.slice(0, -'.csv'.length), true] : [name, false];
}

const sectionNamed = (name: string): Section => SECTIONS.find((each) => each.name === name) ?? missing();

function missing(): never {
  throw new HttpError(404, 'There is no such page in the console.');
}

function startCsv(response: Response, name: string): Response {
  return response
    .status(200)
    .setHeader('Content-Disposition', `attachment; filename="${name}.csv"`)
    .setHeader('Cache-Control', 'no-store')
    .type('text/csv; charset=utf-8');
}
