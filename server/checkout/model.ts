/** What the checkout page shows, from the session's rows. */
import type { Dependencies } from '../http/dependencies';
import { loadRows } from '../../db/related';
import { needsCard } from '../../domain/checkout/attempt';
import { isInFlight, isPaid, type CheckoutSession } from '../../domain/rows/checkout-session';
import type { Rows } from '../../domain/rows/rows';
import { loadSessionRows } from './session-rows';
import type { CheckoutModel } from '../../web/checkout/model';

const DAY = 86_400;

export async function modelOf(deps: Dependencies, session: CheckoutSession, problem: string | null): Promise<CheckoutModel> {
  const { amounts, settings, mode } = session;
  const account = (await loadRows(deps.sql, 'account', session, [session.account])).all('account')[0];
  const prices = await loadRows(
    deps.sql,
    'price',
    session,
    session.lineItems.map(({ price }) => price),
  );
  return {
    state: await stateOf(deps, session),
    locale: 'en',
    seller: account?.name ?? '',
    isTest: !session.livemode,
    mode,
    currency: session.currency ?? 'usd',
    attempt: session.attempts,
    lines: session.lineItems.map(({ id, description, quantity, subtotal }) => ({ id, name: description, quantity, amount: subtotal })),
    amounts,
    recurring: recurringOf(session, prices),
    trialEnd: trialEndOf(session),
    email: session.customerDetails?.email ?? null,
    needsCard: needsCard(session),
    needsAddress: settings.billing_address_collection === 'required' || session.taxStatus !== null,
    problem,
    cancelUrl: settings.cancel_url,
  };
}

async function stateOf({ sql }: Dependencies, session: CheckoutSession): Promise<CheckoutModel['state']> {
  if (session.status !== 'open') return session.status;
  const rows = await loadSessionRows(sql, session);
  const isMade = rows.all('paymentIntent').some(({ status }) => status === 'succeeded' || status === 'requires_capture');
  return isMade || isPaid(rows, session) || isInFlight(rows, session) ? 'processing' : 'open';
}

/** The one interval of all recurring lines. */
function recurringOf({ lineItems }: CheckoutSession, prices: Rows): CheckoutModel['recurring'] {
  const all = lineItems.flatMap(({ price }) => prices.find('price', price)?.recurring ?? []);
  const [first, ...rest] = all;
  if (!first || rest.some((each) => each.interval !== first.interval || each.interval_count !== first.interval_count)) return null;
  return { interval: first.interval, count: first.interval_count };
}

function trialEndOf({ settings, created }: CheckoutSession): number | null {
  const { trial_end: end = null, trial_period_days: days = null } = settings.subscription_data ?? {};
  return end ?? (days === null ? null : created + days * DAY);
}
