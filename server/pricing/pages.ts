/** The pricing page, and the checkout that a choice on it opens. */
import express, { Router, type Request } from 'express';
import { loadTaxFacts } from '../../db/checkout';
import { byKeys, loadMatching } from '../../db/matching';
import { loadWithNamed } from '../../db/named-facts';
import { findPricingTable } from '../../db/pricing-tables';
import { loadRedeemable } from '../../db/redemptions';
import { loadRows } from '../../db/related';
import { chooseFromTable, tableInArm } from '../../domain/checkout/pricing-tables';
import type { SeenArm } from '../../domain/rows/experiment';
import type { PricingTable } from '../../domain/rows/pricing-table';
import { PricingPage } from '../../web/pricing/pricing-page';
import { renderPage } from '../../web/render';
import { localeOf, tagsOf } from '../../web/words/languages';
import { loadBranding } from '../branding/load';
import { readEntries, type Entries } from '../checkout/form';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import { runForm } from '../checkout/run-form';
import type { Exchange } from '../forms/run-once';
import { runningExperiment, seenBy } from '../checkout/seen-arm';
import { CUSTOMER_SESSION, sessionCustomer } from '../embedding/session-customer';
import { givenVisitor, identify, visitorOfForm } from '../experiments/visitors';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import type { ApiRequest } from '../http/request';
import { limitVisitors } from '../middleware/limit-visitors';
import { offerOf } from './model';

/** A click on the page opens another one, and pays nothing. */
const ANY_SITE = ['*'];

export function pricingPages(deps: Dependencies): Router {
  const router = Router();
  router.use('/pricing/', limitVisitors());
  router.get('/pricing/:table', async (request, response) => {
    const table = await find(deps, request);
    const experiment = await runningExperiment(deps, table, table.settings.experiment);
    const known = experiment === null ? { visitor: null } : identify(request, response);
    if (known === 'redirected') return;
    const seen = await seenBy(deps, { request, response }, experiment, known.visitor);
    await show(deps, { request, response }, { table, seen, visitor: givenVisitor(request) ?? null, isFramed: false });
  });
  // The browser keeps no cookies of a frame on another site: the site names the visitor.
  router.get('/pricing/:table/embed', async (request, response) => {
    const table = await find(deps, request);
    const experiment = await runningExperiment(deps, table, table.settings.experiment);
    const visitor = givenVisitor(request) ?? null;
    const seen = await seenBy(deps, { request, response }, experiment, visitor);
    await show(deps, { request, response }, { table, seen, visitor: experiment === null ? null : (visitor ?? ''), isFramed: true });
  });
  router.post('/pricing/:table', express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    const exchange = { request, response };
    const table = await find(deps, request);
    const entries = readEntries(request.body);
    const experiment = await runningExperiment(deps, table, table.settings.experiment);
    const seen = await seenBy(deps, exchange, experiment, visitorOfForm(request, entries));
    const url = await chosen(deps, exchange, { table, entries, seen });
    if (url === null) await show(deps, exchange, { table, seen, visitor: entries['visitor'] ?? null, isFramed: false });
    else response.redirect(303, url);
  });
  return router;
}

async function find({ sql }: Dependencies, request: Request): Promise<PricingTable> {
  const table = await findPricingTable(sql, String(request.params['table']));
  if (table === null) throw new HttpError(404, 'There is no such pricing table.');
  return table;
}

interface Shown {
  table: PricingTable;
  seen: SeenArm | null;
  visitor: string | null;
  isFramed: boolean;
}

async function show(deps: Dependencies, { request, response }: Exchange, { table, seen, visitor, isFramed }: Shown): Promise<void> {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const tags = languagesOf(request);
  const asked = { interval: query.get('interval'), currency: query.get('currency'), tags, visitor, customerSession: secretOf(request) };
  const offer = await offerOf(deps.sql, seen === null ? table : await inArm(deps, table, seen), asked);
  const branding = await loadBranding(deps.sql, table);
  const html = renderPage(PricingPage({ locale: localeOf(tags), branding, isTest: !table.livemode, offer, isFramed }));
  sendPage(response, offer === null ? 410 : 200, html, isFramed ? ANY_SITE : []);
}

/** The table as the arm shows it, at its own address. */
async function inArm({ sql }: Dependencies, table: PricingTable, { arm }: SeenArm): Promise<PricingTable> {
  const rows = await loadRows(sql, 'pricingTable', table, arm.pricing_table === null ? [] : [arm.pricing_table]);
  return { ...table, ...tableInArm(rows, table, arm) };
}

/** Of the address, or of the form that was sent. */
function secretOf(request: Request): string | null {
  const sent = readEntries(request.body)[CUSTOMER_SESSION];
  return sent ?? new URL(request.url, 'http://localhost').searchParams.get(CUSTOMER_SESSION);
}

/** `?locale=`, and then those of the browser. */
function languagesOf(request: Request): string[] {
  const asked = new URL(request.url, 'http://localhost').searchParams.get('locale');
  return [...(asked === null ? [] : [asked.slice(0, 20)]), ...tagsOf(request.header('Accept-Language'))];
}

interface Chosen {
  table: PricingTable;
  entries: Entries;
  seen: SeenArm | null;
}

/** The page of the new session; null if the table does not sell this price any more. */
async function chosen(deps: Dependencies, exchange: Exchange, { table, ...of }: Chosen): Promise<string | null> {
  let url: string | null = null;
  const work = async (request: ApiRequest<unknown>) => {
    const secret = secretOf(exchange.request);
    const customer = await sessionCustomer(request.deps.sql, table, { secret, component: 'pricing_table' });
    await open(request, table, { ...of, customer, locale: localeOf(languagesOf(exchange.request)).tag });
    url = `${request.origin}/c/pay/${request.newId(table.livemode ? 'cs_live' : 'cs_test')}`;
  };
  await runForm(deps, exchange, table, { key: null, raw: {}, work });
  return url;
}

async function open(
  request: ApiRequest<unknown>,
  table: PricingTable,
  { entries: { price = '', currency = '' }, customer, locale, seen }: Omit<Chosen, 'table'> & { customer: string | null; locale: string },
): Promise<void> {
  const branding = await loadBranding(request.deps.sql, table);
  await request.change({
    step: 'chooseFromTable',
    customer,
    asksTaxProvider: true,
    load: async (tx) => {
      const rows = await loadTaxFacts(tx, request.scope);
      rows.putAll(await loadWithNamed(tx, request.scope, { customer, named: { price: [price] }, load: loadRedeemable }));
      rows.putAll(
        await loadMatching(tx, request.scope, [
          byKeys('pricingTable', [table.id, ...(seen?.arm.pricing_table ? [seen.arm.pricing_table] : [])]),
        ]),
      );
      return rows;
    },
    plan: (changes) => {
      chooseFromTable(changes, table.id, { choice: { price, currency, locale, customer }, origin: request.origin, branding, seen });
    },
  });
}
