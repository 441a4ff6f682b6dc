import { gzipSync } from 'node:zlib';
import type { ReactNode } from 'react';
import { brandingOf } from '../../domain/checkout/branding';
import { ButtonPage } from '../../web/checkout/button-page';
import { ClosedLinkPage } from '../../web/checkout/closed-link-page';
import { PricingPage } from '../../web/pricing/pricing-page';
import type { Offer } from '../../web/pricing/model';
import { renderPage } from '../../web/render';
import { LANGUAGES, type Language } from '../../web/words/languages';

/** A page with its style, as it is sent, and packed. The whole of it is one request, and one more in a frame. */
const MOST_BYTES = 24_000;
const MOST_PACKED = 7_000;

const branding = brandingOf({ name: 'Northwind' }, undefined);
const recurring = { interval: 'month', count: 1 } as const;

/** As many products as a table may have. */
const offer: Offer = {
  visitor: null,
  path: '/pricing/ptbl_1',
  intervals: [
    { value: '1 month', recurring },
    { value: '1 year', recurring: { interval: 'year', count: 1 } },
  ],
  interval: '1 month',
  currencies: ['eur', 'usd', 'gbp'],
  currency: 'eur',
  trialDays: 14,
  products: Array.from({ length: 10 }, (_, index) => ({
    name: `Product ${index}`,
    description: 'For teams that grow, with everything of the smaller one',
    features: Array.from({ length: 8 }, (_each, place) => `Feature ${place} of this product`),
    isHighlighted: index === 1,
    price: `price_${index}`,
    amount: 1_234_500 + index,
    recurring,
    tax: 'included' as const,
  })),
};

const pages: Record<string, (language: Language) => ReactNode> = {
  pricing: (language) => PricingPage({ locale: { language, tag: language }, branding, isTest: true, offer, isFramed: false }),
  button: (language) =>
    ButtonPage({
      locale: { language, tag: language },
      branding,
      url: '/b/plink_1',
      name: 'Team',
      amount: 2900,
      currency: 'eur',
      recurring,
    }),
  closed: (language) => ClosedLinkPage({ locale: { language, tag: language }, branding, message: null }),
};
const cases = Object.keys(pages).flatMap((page) => (Object.keys(LANGUAGES) as Language[]).map((language) => ({ page, language })));

test.each(cases)('the page $page in $language is small, whole, and asks nothing of another host', ({ page, language }) => {
  const html = renderPage(pages[page]?.(language));
  expect(html).toContain(`<html lang="${language}"`);
  expect(html).not.toMatch(/\$\{|undefined|NaN/);
  expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
  expect(gzipSync(html).length).toBeLessThan(MOST_PACKED);
  const loaded = [...html.matchAll(/(?:src|<link[^>]*href)="([^"]*)"|url\(|@import/g)].map(([, address]) => address);
  expect(loaded).toEqual(page === 'button' ? ['/framed.js'] : []);
});
