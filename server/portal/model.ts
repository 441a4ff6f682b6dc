/** What a page of the portal shows, from the rows of the session's customer. */
import { randomUUID } from 'node:crypto';
import { findAccount } from '../../db/accounts';
import { itemsOf } from '../../domain/portal/permissions';
import { LIMITS } from '../../domain/core/limits';
import { settingsOf } from '../../domain/rows/account';
import { defaultMethodOf } from '../../domain/rows/customer';
import type { PortalSession } from '../../domain/rows/portal';
import type { Subscription } from '../../domain/rows/subscription';
import type { PortalProblem } from '../../web/words/portal-problems';
import type { PortalFrame, PortalHome, PortalSubscription, PortalSupport, PortalView } from '../../web/portal/model';
import { loadBranding } from '../branding/load';
import { helpOf } from '../help/address';
import { loadService } from '../help/service';
import { ticketsOf } from '../support/shown';
import { linkToOf } from '../http/dependencies';
import type { Entries } from '../checkout/form';
import { accessOf, hasAccess } from './access';
import { localeOfVisit } from './locale';
import type { Visit } from './operations';
import { invoicePreview, unlessNone } from './plan-change';
import { privacyOf } from './privacy';
import { ordersOf } from './orders';
import { openQuotes, quoteOf, quoteView } from './quotes';
import { loadCreditNotes, loadInvoices, olderThan, type PortalRows } from './rows';
import { cardsOf, detailsOf, invoiceOf, subscriptionOf } from './shown';
import { VIEWS_OF_SUBSCRIPTION } from './subscription-views';
import { hasUsage, usageOf } from './usage';

export async function frameOf(visit: Visit, found: PortalRows, problem: PortalProblem | null): Promise<PortalFrame> {
  const { session, deps, query } = visit;
  const { businessProfile: profile } = found.configuration;
  return {
    locale: localeOfVisit(visit, found),
    branding: await loadBranding(deps.sql, session),
    isTest: !session.livemode,
    base: baseOf(session),
    submission: randomUUID(),
    contracts: await contractsOf(visit),
    headline: profile.headline,
    privacy: profile.privacy_policy_url,
    terms: profile.terms_of_service_url,
    returnUrl: session.returnUrl,
    help: helpOf(session),
    problem,
    isSaved: problem === null && query['saved'] !== undefined,
  };
}

async function contractsOf({ deps, session }: Visit): Promise<PortalFrame['contracts']> {
  const account = await findAccount(deps.sql, session.account);
  if (account === null || !settingsOf(account, session).contracts.pages) return null;
  const place = `${session.account}${session.livemode ? '' : '/test'}`;
  return { cancel: `/cancel/${place}`, withdraw: `/withdraw/${place}` };
}

export const baseOf = ({ url }: PortalSession): string => new URL(url).pathname;

type View = (visit: Visit, found: PortalRows, entries: Entries) => Promise<PortalView | null> | PortalView | null;

/** Those that are about no subscription. */
const VIEWS: Readonly<Record<string, View>> = {
  home: async (visit, found) => ({ name: 'home', ...(await homeOf(visit, found)) }),
  card: (_visit, found) => {
    if (!found.configuration.features.payment_method_update.enabled) return null;
    return { name: 'card', holder: holderOf(found), methods: found.methods, isFirst: defaultMethodOf(found.customer) === null };
  },
  details: (_visit, found) => (found.configuration.features.customer_update.enabled ? { name: 'details', ...detailsOf(found) } : null),
  privacy: (visit) => privacyOf(visit),
  support: async (visit) => ({ name: 'support', ...(await supportOf(visit)) }),
  access: async (visit) => ({ name: 'access', ...(await accessOf(visit)) }),
  usage: usageOf,
  quote: (visit, found, { quote = '' }) => (found.configuration.features.invoice_history.enabled ? quoteView(visit, quote) : null),
};

/** The view by its name; null if there is nothing to show: the customer may not do it, or it is done. */
export async function viewOf(visit: Visit, found: PortalRows, name: string, entries: Entries): Promise<PortalView | null> {
  if (Object.hasOwn(VIEWS, name)) return (VIEWS[name] as View)(visit, found, entries);
  const subscription = found.subscriptions.find(({ id }) => id === entries['subscription']);
  if (subscription === undefined || !Object.hasOwn(VIEWS_OF_SUBSCRIPTION, name)) return null;
  return VIEWS_OF_SUBSCRIPTION[name]?.(visit, found, { subscription, entries }) ?? null;
}

async function supportOf({ deps: { sql }, session }: Visit): Promise<PortalSupport> {
  const { responsibilities, answerHours } = await loadService(sql, session);
  return { tickets: await ticketsOf(sql, session), responsibilities, answerHours };
}

const holderOf = ({ cards, customer }: PortalRows): string => cards[0]?.billingDetails.name ?? customer.name ?? '';

const NO_ROWS = { rows: [], older: null };

async function homeOf(visit: Visit, found: PortalRows): Promise<PortalHome> {
  const { features } = found.configuration;
  const subscriptions: PortalSubscription[] = [];
  for (const [index, subscription] of found.subscriptions.entries()) {
    const next = index < LIMITS.portalSubscriptions.max ? await nextChargeOf(visit, found, subscription) : null;
    subscriptions.push(subscriptionOf(found, subscription, next));
  }
  return {
    subscriptions,
    cards: features.payment_method_update.enabled ? cardsOf(found) : null,
    invoices: features.invoice_history.enabled ? await invoicesOf(visit, found) : null,
    details: features.customer_update.enabled ? detailsOf(found) : null,
    hasAccess: await hasAccess(visit),
    quotes: features.invoice_history.enabled ? (await openQuotes(visit)).map(quoteOf) : [],
    creditNotes: features.invoice_history.enabled ? await creditNotesOf(visit) : NO_ROWS,
    orders: features.invoice_history.enabled ? await ordersOf(visit) : NO_ROWS,
    hasUsage: await hasUsage(visit, found),
  };
}

async function nextChargeOf(visit: Visit, { rows }: PortalRows, subscription: Subscription): Promise<PortalSubscription['next']> {
  if (subscription.cancelAtPeriodEnd || subscription.cancelAt !== null || subscription.pauseCollection !== null) return null;
  const preview = await unlessNone(() => invoicePreview(visit, { subscription: subscription.id }));
  const ends = itemsOf(rows, subscription).map(({ currentPeriodEnd }) => currentPeriodEnd);
  return preview === null || ends.length === 0 ? null : { amount: preview.amount_due, at: Math.min(...ends) };
}

async function creditNotesOf({ deps, session, query }: Visit): Promise<PortalHome['creditNotes']> {
  const { page, notes } = await loadCreditNotes(deps, session, query['notes'] ?? null);
  const rows = notes.map(({ id, number, created, effectiveAt, currency, status, total }) => ({
    ...{ number, at: effectiveAt ?? created, amount: total, currency, isVoid: status === 'void', pdf: linkToOf(deps)(id) },
  }));
  return { rows, older: olderThan(page) };
}

async function invoicesOf({ deps, session, query }: Visit, { rows }: PortalRows): Promise<PortalHome['invoices']> {
  const page = await loadInvoices(deps, session, { rows, after: query['after'] ?? null });
  const shown = page.keys.map((id) => invoiceOf(rows.get('invoice', id), { rows, linkTo: linkToOf(deps) }));
  return { rows: shown, older: olderThan(page) };
}
