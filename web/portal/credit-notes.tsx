import type { ReactNode } from 'react';
import { date, money } from '../money';
import { PORTAL } from '../words/portal';
import { PORTAL_USAGE } from '../words/portal-usage';
import type { PortalCreditNote, PortalFrame, PortalPart } from './model';
import { Older } from './older';

/** What was taken back of invoices. */
export function CreditNotes({ frame, notes }: { frame: PortalFrame; notes: PortalPart<PortalCreditNote> }): ReactNode {
  const { language, tag } = frame.locale;
  const words = PORTAL_USAGE[language];
  return (
    <section className="card" aria-labelledby="credit-notes">
      <h2 id="credit-notes">{words.creditNotes}</h2>
      <ul className="lines">
        {notes.rows.map(({ number, at, amount, currency, isVoid, pdf }) => (
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
      <Older frame={frame} older={notes.older} part="notes" heading="credit-notes" label={words.olderCreditNotes} />
    </section>
  );
}
