/** The button of a payment link, which any site may show in a frame: a click opens the link, and pays nothing. */
import { Router } from 'express';
import type { Sql } from '../../db/connect';
import { findPaymentLink } from '../../db/payment-links';
import { loadRows } from '../../db/related';
import { isActive, type PaymentLink } from '../../domain/rows/payment-link';
import { ButtonPage, type ButtonModel } from '../../web/checkout/button-page';
import { ClosedLinkPage } from '../../web/checkout/closed-link-page';
import { renderPage } from '../../web/render';
import { localeOf, tagsOf } from '../../web/words/languages';
import { loadBranding } from '../branding/load';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { sendPage } from './pages';

const ANY_SITE = ['*'];

export function buttonPages({ sql }: Dependencies): Router {
  const router = Router();
  router.get('/b/:link/button', limitVisitors(), async (request, response) => {
    const link = await findPaymentLink(sql, String(request.params['link']));
    if (link === null) throw new HttpError(404, 'There is no such payment link.');
    const locale = localeOf(tagsOf(request.header('Accept-Language')));
    const branding = await loadBranding(sql, link);
    const page = isActive(link)
      ? ButtonPage({ locale, branding, ...(await offerOf(sql, link)) })
      : ClosedLinkPage({ locale, branding, message: link.inactiveMessage });
    sendPage(response, isActive(link) ? 200 : 410, renderPage(page), ANY_SITE);
  });
  return router;
}

async function offerOf(sql: Sql, link: PaymentLink): Promise<Omit<ButtonModel, 'branding' | 'locale'>> {
  const { lineItems, url, currency } = link;
  const prices = await loadRows(
    sql,
    'price',
    link,
    lineItems.map(({ price }) => price),
  );
  const recurring = prices.all('price').find((price) => price.recurring !== null)?.recurring ?? null;
  return {
    url,
    name: lineItems.map(({ description }) => description).join(', '),
    amount: lineItems.reduce((sum, { subtotal }) => sum + subtotal, 0),
    currency,
    recurring: recurring && { interval: recurring.interval, count: recurring.interval_count },
  };
}
