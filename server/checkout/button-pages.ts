/** The button of a payment link, which any site may show in a frame: a click opens the link, and pays nothing. */
import { Router } from 'express';
import type { Sql } from '../../db/connect';
import { findPaymentLink } from '../../db/payment-links';
import { loadRows } from '../../db/related';
import { linkInArm } from '../../domain/checkout/payment-links';
import { rate } from '../../domain/price/rating';
import type { CheckoutLine } from '../../domain/rows/checkout-session';
import { priceInArm, type SeenArm } from '../../domain/rows/experiment';
import { isActive, type PaymentLink } from '../../domain/rows/payment-link';
import { priceIn, type Price } from '../../domain/rows/price';
import { ButtonPage, type ButtonModel } from '../../web/checkout/button-page';
import { ClosedLinkPage } from '../../web/checkout/closed-link-page';
import { renderPage } from '../../web/render';
import { localeOfReader } from '../branding/locale';
import { loadBranding } from '../branding/load';
import { CUSTOMER_SESSION } from '../embedding/session-customer';
import { runningExperiment, seenBy } from './seen-arm';
import { givenVisitor } from '../experiments/visitors';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { sendPage } from './pages';

const ANY_SITE = ['*'];

export function buttonPages(deps: Dependencies): Router {
  const { sql } = deps;
  const router = Router();
  router.get('/b/:link/button', limitVisitors(), async (request, response) => {
    const link = await findPaymentLink(sql, String(request.params['link']));
    if (link === null) throw new HttpError(404, 'There is no such payment link.');
    const locale = localeOfReader(request);
    const branding = await loadBranding(sql, link);
    const experiment = await runningExperiment(deps, link, link.experiment);
    // The browser keeps no cookies of a frame on another site: the site names the visitor.
    const visitor = givenVisitor(request) ?? null;
    const seen = await seenBy(deps, { request, response }, experiment, visitor);
    const secret = new URL(request.originalUrl, 'http://localhost').searchParams.get(CUSTOMER_SESSION);
    const url = addressOf(link, {
      ...(experiment === null ? {} : { visitor: visitor ?? '' }),
      ...(secret ? { [CUSTOMER_SESSION]: secret } : {}),
    });
    const page = isActive(link)
      ? ButtonPage({ locale, branding, url, ...(await offerOf(sql, link, seen)) })
      : ClosedLinkPage({ locale, branding, message: link.inactiveMessage });
    sendPage(response, isActive(link) ? 200 : 410, renderPage(page), ANY_SITE);
  });
  return router;
}

function addressOf({ url }: PaymentLink, given: Record<string, string>): string {
  const query = new URLSearchParams(given).toString();
  return query === '' ? url : `${url}?${query}`;
}

async function offerOf(sql: Sql, link: PaymentLink, seen: SeenArm | null): Promise<Omit<ButtonModel, 'branding' | 'locale' | 'url'>> {
  const shown = await loadRows(sql, 'paymentLink', link, seen?.arm.payment_link ? [seen.arm.payment_link] : []);
  const { lineItems, currency } = seen === null ? link : linkInArm(shown, link, seen.arm);
  const priceOf = ({ price }: CheckoutLine) => (seen === null ? price : priceInArm(seen.arm, price));
  const prices = await loadRows(sql, 'price', link, lineItems.map(priceOf));
  const recurring = prices.all('price').find((price) => price.recurring !== null)?.recurring ?? null;
  return {
    name: lineItems.map(({ description }) => description).join(', '),
    amount: lineItems.reduce((sum, line) => sum + amountOf(line, prices.find('price', priceOf(line)), currency), 0),
    currency,
    recurring: recurring && { interval: recurring.interval, count: recurring.interval_count },
  };
}

/** What the line comes to, also where an experiment replaces its price. Usage is not known yet. */
function amountOf({ price: own, quantity, subtotal }: CheckoutLine, price: Price | undefined, currency: string): number {
  if (!price || price.id === own || quantity === null) return subtotal;
  return rate(priceIn(price, currency), quantity).full;
}
