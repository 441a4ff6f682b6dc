/** The page of an invoice. Who has its address needs no key: it has a part that only this installation can make. */
import express, { Router, type Request } from 'express';
import { invoiceDocument, ownerOfFinalInvoice } from '../../db/documents';
import { idOfDocumentToken } from '../../db/ids';
import { findRow } from '../../db/lookup';
import type { Invoice } from '../../domain/rows/invoice';
import type { PaymentIntent } from '../../domain/rows/payment-intent';
import type { Rows } from '../../domain/rows/rows';
import type { Problem } from '../../web/checkout/model';
import { InvoicePage } from '../../web/invoice/invoice-page';
import { renderPage } from '../../web/render';
import { loadBranding } from '../branding/load';
import { acceptedBy } from '../checkout/acceptance';
import { problemOnReturn } from '../checkout/coming-back';
import { areValid, readEntries, type Entries } from '../checkout/form';
import { FORM_LIMIT, sendPage, submissionOf } from '../checkout/pages';
import { runForm } from '../checkout/run-form';
import type { Exchange } from '../forms/run-once';
import { formKey } from '../http/acceptable-text';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { loadService } from '../help/service';
import { askOnPage } from '../support/forms';
import { ticketsOf } from '../support/shown';
import { limitVisitors } from '../middleware/limit-visitors';
import { walletsOf } from '../checkout/wallets';
import { methodsOf, paysLater } from './methods';
import { modelOf } from './model';
import { payOnPage } from './pay';

interface Found {
  invoice: Invoice;
  intent: PaymentIntent | null;
  rows: Rows;
}

export function invoicePages(deps: Dependencies): Router {
  const router = Router();
  const visitors = limitVisitors();
  router.get('/i/:token', visitors, async (request, response) => {
    const problem = await problemOnReturn(request, async () => {
      const { intent } = await find(deps, request);
      return intent === null ? [] : [intent];
    });
    await show(deps, { request, response }, problem);
  });
  router.post('/i/:token', visitors, express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    const exchange = { request, response };
    const { invoice } = await find(deps, request);
    const entries = readEntries(request.body);
    const isQuestion = entries['action'] === 'ask';
    const problem = await (isQuestion ? ask : pay)(deps, exchange, invoice, entries);
    if (problem !== null) {
      await show(deps, exchange, problem);
      return;
    }
    response.redirect(303, (isQuestion ? null : await bankPage(deps, request)) ?? pageUrl(deps, request));
  });
  return router;
}

async function ask(
  deps: Dependencies,
  exchange: Exchange,
  { id, account, livemode, customer, number }: Invoice,
  entries: Entries,
): Promise<Problem | null> {
  if (!areValid(entries)) return 'missing';
  const key = `ask/${formKey(entries['submission'] ?? '')}`;
  const ticket = { customer, invoice: id, route: 'billing', source: 'invoice_page', subject: number ?? id } as const;
  return askOnPage(deps, exchange, { account, livemode, id }, { key, entries, ticket });
}

async function pay(deps: Dependencies, { request, response }: Exchange, invoice: Invoice, entries: Entries): Promise<Problem | null> {
  if (invoice.status === 'paid') return null;
  if (!areValid(entries)) return 'missing';
  const problem = await runForm(deps, { request, response }, invoice, {
    key: submissionOf(deps, entries),
    raw: { ...entries },
    work: (asked) => payOnPage(asked, invoice, { entries, pageUrl: pageUrl(deps, request), mandate: acceptedBy(request) }),
  });
  const isPaid = problem !== null && (await find(deps, request)).invoice.status === 'paid';
  return isPaid ? null : problem;
}

/** Where the cardholder's bank asks for 3-D Secure; null: it does not. */
async function bankPage(deps: Dependencies, request: Request): Promise<string | null> {
  const { intent } = await find(deps, request);
  return intent?.status === 'requires_action' ? (intent.nextAction?.url ?? null) : null;
}

/** A draft has no page yet. */
async function find({ sql, tokenSecrets }: Dependencies, request: Request): Promise<Found> {
  const id = idOfDocumentToken(tokenSecrets, String(request.params['token']));
  const owner = id?.startsWith('in_') ? await ownerOfFinalInvoice(sql, id) : null;
  if (id === null || owner === null) throw new HttpError(404, 'There is no such document.');
  const rows = await invoiceDocument(sql, owner, id);
  const invoice = rows.get('invoice', id);
  const intent = invoice.paymentIntent === null ? null : await findRow(sql, 'paymentIntent', owner, invoice.paymentIntent);
  return { invoice, intent, rows };
}

async function show(deps: Dependencies, { request, response }: Exchange, problem: Problem | null): Promise<void> {
  const found = await find(deps, request);
  const { invoice } = found;
  const [branding, methods] = [await loadBranding(deps.sql, invoice), await methodsOf(deps.sql, invoice)];
  const questions = await ticketsOf(deps.sql, invoice, invoice.id);
  const { answerHours } = await loadService(deps.sql, invoice);
  const wallets = await walletsOf(deps.sql, invoice, { methods, configuration: null });
  const pays = await paysLater(deps.sql, invoice);
  const model = modelOf(
    deps,
    { ...found, branding, methods, wallets, questions, answerHours: { billing: answerHours.billing }, paysLater: pays },
    problem,
  );
  sendPage(response, problem === null ? 200 : 402, renderPage(InvoicePage(model)));
}

function pageUrl({ config }: Dependencies, request: Request): string {
  return `${config.publicUrl ?? `${request.protocol}://${request.host}`}${request.path}`;
}
