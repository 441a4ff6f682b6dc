/** What a page of the portal shows, from the rows of the session's customer. */
import { randomUUID } from 'node:crypto';
import { cancelObstacle, choiceObstacle, itemsOf, offeredPrices, quantityRange, updateObstacle } from '../../domain/portal/permissions';
import { BillingError } from '../../domain/core/errors';
import { LIMITS } from '../../domain/core/limits';
import type { PortalSession } from '../../domain/rows/portal';
import type { Subscription, SubscriptionItem } from '../../domain/rows/subscription';
import type { Problem } from '../../web/checkout/model';
import type { PortalFrame, PortalHome, PortalSubscription, PortalSupport, PortalView } from '../../web/portal/model';
import { localeOf, tagsOf } from '../../web/words/languages';
import { loadBranding } from '../branding/load';
import { helpOf } from '../help/address';
import { loadResponsibilities } from '../help/responsibilities';
import { ticketsOf } from '../support/shown';
import { linkToOf } from '../http/dependencies';
import type { Entries } from '../checkout/form';
import { accessOf, hasAccess } from './access';
import { choiceIn, customerNow, isSame } from './actions';
import type { Visit } from './operations';
import { endsTrial, invoicePreview, previewOf } from './plan-change';
import { loadInvoices, type PortalRows } from './rows';
import { cardsOf, detailsOf, invoiceOf, itemOf, periodEndOf, subscriptionOf } from './shown';

export async function frameOf(visit: Visit, found: PortalRows, problem: Problem | null): Promise<PortalFrame> {
  const { session, request, deps, query } = visit;
  const { businessProfile: profile } = found.configuration;
  const chosen = session.locale === null || session.locale === 'auto' ? found.customer.preferredLocales : [session.locale];
  return {
    locale: localeOf([...chosen, ...tagsOf(request.header('Accept-Language'))]),
    branding: await loadBranding(deps.sql, session),
    isTest: !session.livemode,
    base: baseOf(session),
    submission: randomUUID(),
    headline: profile.headline,
    privacy: profile.privacy_policy_url,
    terms: profile.terms_of_service_url,
    returnUrl: session.returnUrl,
    help: helpOf(session),
    problem,
    isSaved: problem === null && query['saved'] !== undefined,
  };
}

export const baseOf = ({ url }: PortalSession): string => new URL(url).pathname;

/** The view by its name; null if there is nothing to show: the customer may not do it, or it is done. */
export async function viewOf(visit: Visit, found: PortalRows, name: string, entries: Entries): Promise<PortalView | null> {
  const { features } = found.configuration;
  if (name === 'access') return { name, ...(await accessOf(visit)) };
  if (name === 'home') return { name, ...(await homeOf(visit, found)) };
  if (name === 'card') return features.payment_method_update.enabled ? { name, holder: holderOf(found), methods: found.methods } : null;
  if (name === 'details') return features.customer_update.enabled ? { name, ...detailsOf(found) } : null;
  if (name === 'support') return { name, ...(await supportOf(visit)) };
  const subscription = found.subscriptions.find(({ id }) => id === entries['subscription']);
  if (subscription === undefined) return null;
  return name === 'cancel' ? cancellationOf(visit, found, subscription) : changeOf(visit, found, { name, subscription, entries });
}

async function supportOf({ deps: { sql }, session }: Visit): Promise<PortalSupport> {
  return { tickets: await ticketsOf(sql, session), responsibilities: await loadResponsibilities(sql, session) };
}

const holderOf = ({ cards, customer }: PortalRows): string => cards[0]?.billingDetails.name ?? customer.name ?? '';

async function changeOf(
  visit: Visit,
  found: PortalRows,
  { name, subscription, entries }: { name: string; subscription: Subscription; entries: Entries },
): Promise<PortalView | null> {
  if (updateObstacle(found.rows, found.configuration, subscription) !== null) return null;
  const [item] = itemsOf(found.rows, subscription) as [SubscriptionItem];
  if (name === 'plan') return planOf(found, subscription, item);
  return name === 'confirm' ? confirmationOf(visit, found, { subscription, item, entries }) : null;
}

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
  };
}

async function nextChargeOf(visit: Visit, { rows }: PortalRows, subscription: Subscription): Promise<PortalSubscription['next']> {
  if (subscription.cancelAtPeriodEnd || subscription.cancelAt !== null || subscription.pauseCollection !== null) return null;
  const preview = await unlessNone(() => invoicePreview(visit, { subscription: subscription.id }));
  const ends = itemsOf(rows, subscription).map(({ currentPeriodEnd }) => currentPeriodEnd);
  return preview === null || ends.length === 0 ? null : { amount: preview.amount_due, at: Math.min(...ends) };
}

/** Null where there will be no invoice. */
async function unlessNone<T>(preview: () => Promise<T>): Promise<T | null> {
  try {
    return await preview();
  } catch (error) {
    if (error instanceof BillingError && error.code === 'invoice_upcoming_none') return null;
    throw error;
  }
}

async function invoicesOf({ deps, session, query }: Visit, { rows }: PortalRows): Promise<PortalHome['invoices']> {
  const { keys, hasMore } = await loadInvoices(deps, session, { rows, after: query['after'] ?? null });
  const shown = keys.map((id) => invoiceOf(rows.get('invoice', id), { rows, linkTo: linkToOf(deps) }));
  return { rows: shown, older: hasMore ? (keys.at(-1) ?? null) : null };
}

async function cancellationOf(visit: Visit, found: PortalRows, subscription: Subscription): Promise<PortalView | null> {
  const { configuration, rows } = found;
  if (cancelObstacle(configuration, subscription) !== null) return null;
  const { mode, proration_behavior: behavior, cancellation_reason: reason } = configuration.features.subscription_cancel;
  return {
    name: 'cancel',
    subscription: subscriptionOf(found, subscription),
    endsAt: mode === 'at_period_end' ? periodEndOf(rows, subscription) : null,
    credit: mode === 'immediately' && behavior === 'create_prorations' ? await creditOf(visit, subscription) : null,
    reasons: reason.enabled ? reason.options : null,
  };
}

async function creditOf(visit: Visit, { id }: Subscription): Promise<number | null> {
  const details = { cancel_now: 'true', proration_behavior: 'create_prorations' };
  const preview = await unlessNone(() => invoicePreview(visit, { subscription: id, subscription_details: details }));
  return preview !== null && preview.total < 0 ? -preview.total : null;
}

function planOf(found: PortalRows, subscription: Subscription, item: SubscriptionItem): PortalView {
  const { rows, configuration } = found;
  const choices = offeredPrices(rows, configuration, subscription, item).map(({ id }) => ({
    price: id,
    item: itemOf(rows, subscription, { price: id, quantity: item.quantity }),
    isPresent: id === item.price,
  }));
  const range = quantityRange(configuration, rows.get('price', item.price));
  return {
    name: 'plan',
    subscription: subscriptionOf(found, subscription),
    choices,
    quantity: range === null ? null : { present: item.quantity ?? 1, minimum: range.minimum, maximum: range.maximum },
  };
}

async function confirmationOf(
  visit: Visit,
  found: PortalRows,
  { subscription, item, entries }: { subscription: Subscription; item: SubscriptionItem; entries: Entries },
): Promise<PortalView | null> {
  const { rows, configuration } = found;
  const choice = choiceIn(entries, item);
  if (isSame(item, choice) || choiceObstacle(rows, configuration, { subscription, item }, choice) !== null)
    return planOf(found, subscription, item);
  const at = await customerNow(visit.deps, visit.session);
  return {
    name: 'confirm',
    subscription: subscriptionOf(found, subscription),
    item: itemOf(rows, subscription, choice),
    ...choice,
    at,
    preview: await previewOf(visit, configuration, { subscription, item, ...choice, at }),
    endsTrial: endsTrial(configuration, subscription),
    canChoose: visit.session.flow?.type !== 'subscription_update_confirm',
  };
}
