import type { ReactNode } from 'react';
import type { Branding } from '../../domain/rows/branding-settings';
import { Document } from '../components/document';
import { money } from '../money';
import { LANGUAGES, type Locale } from '../words/languages';
import { PRICING } from '../words/pricing';

export interface ButtonModel {
  locale: Locale;
  branding: Branding;
  /** Of the payment link. */
  url: string;
  name: string;
  /** Minor units, before discounts and added tax. */
  amount: number;
  currency: string;
  recurring: { interval: 'day' | 'week' | 'month' | 'year'; count: number } | null;
}

/** What a payment link sells, at which price, and a way to it: for a frame of another site. */
export function ButtonPage({ locale, branding, url, name, amount, currency, recurring }: ButtonModel): ReactNode {
  const words = PRICING[locale.language];
  return (
    <Document lang={locale.tag} title={name} branding={branding} frame={{ 'data-ancestors': '*' }}>
      <main className="framed prices" aria-label={name}>
        <section className="card product">
          <h1>{name}</h1>
          <p className="total">{money(amount, currency, locale.tag)}</p>
          {recurring !== null && <p className="note">{LANGUAGES[locale.language].intervals[recurring.interval](recurring.count)}</p>}
          <a className="primary" href={url} target="_top">
            {words.choose(name)}
          </a>
        </section>
      </main>
    </Document>
  );
}
