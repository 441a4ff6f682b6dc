import type { ReactNode } from 'react';
import { date, money } from '../money';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { PORTAL_USAGE } from '../words/portal-usage';
import { PRICING } from '../words/pricing';
import { ActionForm, placeOf } from './action-form';
import type { PortalFrame, PortalQuote } from './model';

/** Those that wait for an answer. */
export function Quotes({ frame, quotes }: { frame: PortalFrame; quotes: PortalQuote[] }): ReactNode {
  const words = PORTAL_USAGE[frame.locale.language];
  return (
    <section className="card" aria-labelledby="quotes">
      <h2 id="quotes">{words.quotes}</h2>
      <ul className="lines">
        {quotes.map((quote) => (
          <li className="line" key={quote.id}>
            <a href={placeOf(frame, 'quote', { quote: quote.id })}>{quote.number}</a>
            <span className="amount">{money(quote.upfront, quote.currency, frame.locale.tag)}</span>
            <small>{words.validUntil(date(quote.expiresAt, frame.locale.tag))}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the quote offers, and its acceptance. */
export function Quote({ frame, quote }: { frame: PortalFrame; quote: PortalQuote }): ReactNode {
  const { language, tag } = frame.locale;
  const [words, common] = [PORTAL_USAGE[language], LANGUAGES[language]];
  const { id, number, currency, upfront, tax, recurring, expiresAt, header } = quote;
  return (
    <section className="card" aria-labelledby="quote">
      <h2 id="quote">{number}</h2>
      {header !== null && <p className="said">{header}</p>}
      <ul className="lines">
        {quote.lines.map((line, index) => (
          <Line key={index} frame={frame} line={line} currency={currency} />
        ))}
      </ul>
      <dl>
        <dt className="sum">{PORTAL[language].dueNow}</dt>
        <dd className="amount sum">{money(upfront, currency, tag)}</dd>
        {tax > 0 && <dd className="note">{common.taxIncluded(money(tax, currency, tag))}</dd>}
        {recurring !== null && (
          <>
            <dt>{common.intervals[recurring.every.interval](recurring.every.count)}</dt>
            <dd className="amount">{money(recurring.amount, currency, tag)}</dd>
          </>
        )}
      </dl>
      <p className="note">{words.validUntil(date(expiresAt, tag))}</p>
      <p>
        <a href={placeOf(frame, 'quote-pdf', { quote: id })}>{words.quotePdf}</a>
      </p>
      <p>{words.acceptNote}</p>
      <ActionForm frame={frame} action="accept_quote" of={{ quote: id }} labelledBy="quote">
        <button className="primary">{words.accept}</button>
      </ActionForm>
      <p>
        <a href={placeOf(frame, 'home')}>{PORTAL[language].back}</a>
      </p>
    </section>
  );
}

interface LineProps {
  frame: PortalFrame;
  line: PortalQuote['lines'][number];
  currency: string;
}

function Line({ frame: { locale }, line: { name, quantity, amount }, currency }: LineProps): ReactNode {
  const { language, tag } = locale;
  return (
    <li className="line">
      <b>{name}</b>
      <span className="amount">{amount === null ? PRICING[language].byUsage : money(amount, currency, tag)}</span>
      {quantity !== null && quantity !== 1 && <small>{LANGUAGES[language].quantity(quantity.toLocaleString(tag))}</small>}
    </li>
  );
}
