import type { ReactNode } from 'react';
import { date, money } from '../money';
import { PORTAL } from '../words/portal';
import { PORTAL_USAGE } from '../words/portal-usage';
import type { PortalCreditNote, PortalFrame } from './model';

/** What was taken back of invoices. */
export function CreditNotes({ frame: { locale }, notes }: { frame: PortalFrame; notes: PortalCreditNote[] }): ReactNode {
  const { language, tag } = locale;
  return (
    <section className="card" aria-labelledby="credit-notes">
      <h2 id="credit-notes">{PORTAL_USAGE[language].creditNotes}</h2>
      <ul className="lines">
        {notes.map(({ number, at, amount, currency, isVoid, pdf }) => (
          <li className="line" key={number}>
            <span>
              <a href={pdf} aria-label={`PDF: ${number}`}>
                {number}
              </a>{' '}
              {isVoid && <span className="test">{PORTAL[language].void}</span>}
            </span>
            <span className="amount">{money(amount, currency, tag)}</span>
            <small>{date(at, tag)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
