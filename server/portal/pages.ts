/**
 * The hosted portal. Who has a session's address acts for its customer, so it is unguessable and short-lived. Every page is under it and
 * works without script; every form counts once.
 */
import { createHmac } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';
import { findPortalSession, keepPortalSession } from '../../db/portal';
import { IDLE_SECONDS } from '../../domain/portal/sessions';
import type { PortalFlow, PortalSession } from '../../domain/rows/portal';
import type { PortalProblem } from '../../web/words/portal-problems';
import type { PortalView } from '../../web/portal/model';
import { PortalPage } from '../../web/portal/portal-page';
import { renderPage } from '../../web/render';
import { readEntries, type Entries } from '../checkout/form';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import { formKey } from '../http/acceptable-text';
import { linkToOf, type Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { act } from './actions';
import { continueCard } from './cards';
import { baseOf, frameOf, viewOf } from './model';
import type { Visit } from './operations';
import type { Outcome } from './outcome';
import { sendPersonalData } from './privacy';
import { sendQuote } from './quotes';
import { loadPortalRows, type PortalRows } from './rows';

const PLACES = ['/p/session/:secret', '/p/session/:secret/:view'];

/** What a flow's first page is. */
const VIEWS: Record<PortalFlow['type'], string> = {
  customer_update: 'details',
  payment_method_update: 'card',
  subscription_cancel: 'cancel',
  subscription_pause: 'pause',
  subscription_update: 'plan',
  subscription_update_confirm: 'confirm',
};

/** What is no page. */
const FILES: Readonly<Record<string, (visit: Visit) => Promise<void>>> = { data: sendPersonalData, 'quote-pdf': sendQuote };

export function portalPages(deps: Dependencies): Router {
  const router = Router();
  router.use('/p/', limitVisitors());
  router.get(PLACES, async (request, response) => {
    const visit = await open(deps, request, response);
    const found = await loadPortalRows(deps, visit.session);
    if (isExpired(visit.session)) {
      await show(visit, found, { name: 'expired' });
      return;
    }
    const named = String(request.params['view']);
    if (Object.hasOwn(FILES, named)) {
      await FILES[named]?.(visit);
      return;
    }
    const continued = await continueCard(visit, found);
    if (continued?.problem === null) finish(visit, { completes: true, isDone: true });
    else await look(visit, found, { entries: readEntries(visit.query), problem: continued?.problem ?? null });
  });
  router.post(PLACES, express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    const visit = await open(deps, request, response);
    const found = await loadPortalRows(deps, visit.session);
    if (isExpired(visit.session)) {
      await show(visit, found, { name: 'expired' });
      return;
    }
    const entries = readEntries(request.body);
    const outcome = await act({ visit, found, entries, key: keyOf(deps, entries) });
    const { problem, leadsTo } = outcome;
    if (problem !== null) await look(visit, await loadPortalRows(deps, visit.session), { entries, problem });
    else if (leadsTo !== null) response.redirect(303, placeOf(visit, leadsTo));
    else finish(visit, outcome);
  });
  return router;
}

/** The session of the address. A visit keeps it alive. */
async function open(deps: Dependencies, request: Request, response: Response): Promise<Visit> {
  const secret = String(request.params['secret']);
  const session = await findPortalSession(deps.sql, secret.split('_secret_')[0] ?? '');
  if (session === null || baseOf(session) !== `/p/session/${secret}`) throw new HttpError(404, 'There is no such page.');
  const now = Math.floor(Date.now() / 1000);
  await keepPortalSession(deps.sql, session.id, { now, until: now + IDLE_SECONDS });
  const query = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
  return { deps, session, query, request, response };
}

const isExpired = ({ expiresAt }: PortalSession): boolean => expiresAt <= Math.floor(Date.now() / 1000);

/** The form and its entries. Keyed, so that nobody can guess a card from it. */
function keyOf({ secret }: Dependencies, { submission = '', ...entries }: Entries): string {
  const sent = createHmac('sha256', secret)
    .update(JSON.stringify(Object.entries(entries).sort()))
    .digest('hex');
  return `${formKey(submission)}/${sent}`;
}

/** An invoice by its id, the customer's questions, or the address of a bank's page. */
function placeOf({ deps, session }: Visit, leadsTo: string): string {
  if (leadsTo === 'support') return `${baseOf(session)}/support`;
  return leadsTo.startsWith('in_') ? linkToOf(deps)(leadsTo) : leadsTo;
}

async function look(
  visit: Visit,
  found: PortalRows,
  { entries, problem }: { entries: Entries; problem: PortalProblem | null },
): Promise<void> {
  const { session, request } = visit;
  const named = request.params['view'] ?? null;
  const name = typeof named === 'string' ? named : session.flow === null ? 'home' : VIEWS[session.flow.type];
  if (name === 'done' && session.flow?.after_completion.type === 'hosted_confirmation') {
    await show(visit, found, { name, message: session.flow.after_completion.custom_message });
    return;
  }
  const view = await viewOf(visit, found, name, { ...entriesOf(session.flow), ...entries });
  if (view === null) finish(visit, { completes: named === null, isDone: false });
  else await show(visit, found, view, problem);
}

/** What a flow has chosen beforehand. */
function entriesOf(flow: PortalFlow | null): Entries {
  const [item] = flow?.items ?? [];
  return {
    ...(flow === null || flow.subscription === null ? {} : { subscription: flow.subscription }),
    ...(item === undefined ? {} : { price: item.price, ...(item.quantity === null ? {} : { quantity: String(item.quantity) }) }),
  };
}

/** A flow ends where the seller has said; everything else on the first page. */
function finish({ session, response }: Visit, { completes, isDone }: Pick<Outcome, 'completes' | 'isDone'>): void {
  const after = completes ? session.flow?.after_completion : undefined;
  if (after?.type === 'redirect') response.redirect(303, after.return_url);
  else response.redirect(303, `${baseOf(session)}/${after?.type === 'hosted_confirmation' ? 'done' : isDone ? 'home?saved' : 'home'}`);
}

async function show(visit: Visit, found: PortalRows, view: PortalView, problem: PortalProblem | null = null): Promise<void> {
  const status = view.name === 'expired' ? 410 : problem === null ? 200 : 402;
  sendPage(visit.response, status, renderPage(PortalPage({ frame: await frameOf(visit, found, problem), view })));
}
