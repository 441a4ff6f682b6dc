/**
 * `/cancel/:account` and `/withdraw/:account`, and the same with `/test` for the test mode: pages without a login, as Germany (§ 312k BGB) and the
 * European Union (Directive 2011/83/EU, article 11a) ask for. The confirmation has an address of its own, and a text to keep. A mail's link to
 * `/cancel/link/:token` cancels the subscription that it is about.
 */
import { randomUUID } from 'node:crypto';
import express, { Router, type Request } from 'express';
import { publicUrlOf } from '../../config';
import { findAccount } from '../../db/accounts';
import { findCustomerRequest, findLinkedContract, loadContract, loadDeclaration } from '../../db/contracts';
import { idOfDocumentToken } from '../../db/ids';
import { recordRequest } from '../../domain/contract/requests';
import type { Scope } from '../../domain/core/steps';
import { settingsOf, type ContractSettings } from '../../domain/rows/account';
import type { CustomerRequest, Declaration } from '../../domain/rows/customer-request';
import { confirmationOf } from '../../web/contract/confirmation';
import { ContractPage } from '../../web/contract/contract-page';
import type { ContractFrame, ContractView } from '../../web/contract/model';
import { renderPage } from '../../web/render';
import { localeOf } from '../../web/words/languages';
import { localeOfReader } from '../branding/locale';
import { loadBranding } from '../branding/load';
import { readEntries, type Entries } from '../checkout/form';
import { FORM_LIMIT, sendPage } from '../checkout/pages';
import { fromExchange, runOnce, type Exchange } from '../forms/run-once';
import { formKey } from '../http/acceptable-text';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { carryOut } from './carry-out';
import { declarationOf } from './entries';

const TYPES = { cancel: 'cancellation', withdraw: 'withdrawal' } as const;
type Door = keyof typeof TYPES;

interface Visit extends Exchange {
  deps: Dependencies;
  scope: Scope;
  settings: ContractSettings;
  door: Door;
}

export function contractPages(deps: Dependencies): Router {
  const router = Router();
  for (const door of ['cancel', 'withdraw'] as const) {
    const places = [`/${door}/:account`, `/${door}/:account/test`];
    router.use(`/${door}/`, limitVisitors());
    router.get(places, async (request, response) => {
      const visit = await open(deps, door, { request, response });
      await show(visit, { name: 'form', entries: {}, isWrong: false });
    });
    router.post(places, express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
      const visit = await open(deps, door, { request, response });
      await submit(visit, readEntries(request.body));
    });
  }
  router.get('/cancel/link/:token', async (request, response) => {
    await openLink(deps, { request, response }, (visit, declaration) => show(visit, { name: 'review', declaration }));
  });
  router.post('/cancel/link/:token', express.urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    await openLink(deps, { request, response }, (visit, declaration) => record(visit, declaration, readEntries(request.body)));
  });
  router.use('/contract/', limitVisitors());
  router.get('/contract/:secret', async (request, response) => {
    const found = await confirmed(deps, request);
    const { account, livemode } = found;
    // What a customer keeps is in the language of its declaration, whatever browser opens it.
    const frame = await frameOf(deps, { account, livemode }, { type: found.type, locale: localeOf([found.declaration.locale]) });
    sendPage(response, 200, renderPage(ContractPage({ frame, view: { name: 'confirmed', request: found } })));
  });
  router.get('/contract/:secret/text', async (request, response) => {
    const found = await confirmed(deps, request);
    const branding = await loadBranding(deps.sql, found);
    const { subject, text } = confirmationOf(found, branding.display_name);
    response
      .set({ 'Cache-Control': 'no-store', 'Content-Disposition': `attachment; filename="${found.id}.txt"`, 'X-Robots-Tag': 'noindex' })
      .type('text/plain; charset=utf-8')
      .send(`${subject}\n\n${text}`);
  });
  return router;
}

async function open(deps: Dependencies, door: Door, { request, response }: Exchange): Promise<Visit> {
  const id = String(request.params['account']);
  const livemode = !request.path.endsWith('/test');
  const account = await findAccount(deps.sql, id);
  const settings = account === null ? null : settingsOf(account, { livemode }).contracts;
  if (settings?.pages !== true) throw new HttpError(404, 'There is no such page.');
  return { deps, scope: { account: id, livemode }, settings, door, request, response };
}

/** The link of a mail proves to be the customer, and names the contract. What is canceled already leads to its confirmation. */
async function openLink(
  deps: Dependencies,
  { request, response }: Exchange,
  go: (visit: Visit, declaration: Declaration) => Promise<void>,
): Promise<void> {
  const id = idOfDocumentToken(deps.tokenSecrets, String(request.params['token']));
  const contract = id === null ? null : await findLinkedContract(deps.sql, id);
  if (contract === null) throw new HttpError(404, 'There is no such page.');
  const { account, livemode, name, email, ends, confirmation } = contract;
  if (confirmation !== null) {
    response.redirect(303, new URL(confirmation).pathname);
    return;
  }
  if (ends) throw new HttpError(404, 'The subscription has ended, or ends already.');
  const found = await findAccount(deps.sql, account);
  if (found === null) throw new Error('the account of a subscription is not there');
  const scope = { account, livemode };
  const settings = settingsOf(found, scope).contracts;
  const { tag: locale } = localeFor(request);
  const declaration = { name, email, contract: contract.id, kind: 'ordinary', date: null, statement: null, locale } as const;
  await go({ deps, scope, settings, door: 'cancel', request, response }, declaration);
}

/** A withdrawal is looked at once more before it is sent. A cancellation is sent at once, as the law asks. */
async function submit(visit: Visit, entries: Entries): Promise<void> {
  const type = TYPES[visit.door];
  const { tag } = localeFor(visit.request);
  const declaration = declarationOf(type, entries, tag);
  if (declaration === null || entries['step'] === 'form') await show(visit, { name: 'form', entries, isWrong: declaration === null });
  else if (type === 'withdrawal' && entries['step'] !== 'confirm') await show(visit, { name: 'review', declaration });
  else await record(visit, declaration, entries);
}

async function record(visit: Visit, declaration: Declaration, { submission = '' }: Entries): Promise<void> {
  const { deps, scope, settings, door } = visit;
  const from = fromExchange(visit);
  // The host of a request is its sender's word, and must not decide where the mail leads.
  const origin = publicUrlOf(deps.config);
  const { refusal, answer } = await runOnce(
    deps,
    from,
    { ...scope, page: 'contract', id: scope.account },
    {
      key: submission === '' ? randomUUID() : formKey(submission),
      raw: { ...declaration },
      work: async (asked) => {
        const named = await loadContract(deps.sql, scope, declaration.contract.trim());
        await asked.change({
          step: 'recordCustomerRequest',
          customer: named.all('customer')[0]?.id ?? null,
          load: (tx) => loadDeclaration(tx, scope, declaration, Math.floor(Date.now() / 1000)),
          plan: (changes) => {
            recordRequest(changes, { type: TYPES[door], declaration }, { settings, origin });
          },
        });
        return { key: asked.newId('creq') };
      },
    },
  );
  if (refusal === null) await proceed(visit, (answer as { key: string }).key);
  else await show(visit, { name: 'form', entries: entriesOf(declaration), isWrong: true });
}

const entriesOf = ({ date, statement, ...rest }: Declaration): Entries => ({ ...rest, date: date ?? '', statement: statement ?? '' });

/** Does what can be done at once, and leads to the confirmation. */
async function proceed(visit: Visit, key: string): Promise<void> {
  const { deps, scope, response } = visit;
  const made = await findCustomerRequest(deps.sql, key);
  if (made === null) throw new Error('a request that was recorded is not there');
  const refused = made.plan === null ? null : await carryOut(deps, fromExchange(visit), scope, key);
  // It stays in the seller's list, with its deadline.
  if (refused !== null) deps.log.warn({ customerRequest: key, code: refused.code }, 'a customer request was not carried out');
  response.redirect(303, new URL(made.url).pathname);
}

/** The request of the address. */
async function confirmed({ sql }: Dependencies, request: Request): Promise<CustomerRequest> {
  const secret = String(request.params['secret']);
  const found = await findCustomerRequest(sql, secret.split('_secret_')[0] ?? '');
  if (found === null || new URL(found.url).pathname !== `/contract/${secret}`) throw new HttpError(404, 'There is no such page.');
  return found;
}

function localeFor(request: Request) {
  const locale = new URL(request.url, 'http://localhost').searchParams.get('locale');
  return localeOfReader(request, locale === null ? [] : [locale]);
}

async function frameOf(
  { sql }: Dependencies,
  scope: Scope,
  { type, locale }: Pick<ContractFrame, 'locale' | 'type'>,
): Promise<ContractFrame> {
  return { type, locale, branding: await loadBranding(sql, scope), isTest: !scope.livemode, submission: randomUUID() };
}

async function show(visit: Visit, view: ContractView): Promise<void> {
  const status = view.name === 'form' && view.isWrong ? 422 : 200;
  const { deps, scope, request, door } = visit;
  const frame = await frameOf(deps, scope, { type: TYPES[door], locale: localeFor(request) });
  sendPage(visit.response, status, renderPage(ContractPage({ frame, view })));
}
