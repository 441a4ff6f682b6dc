import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { date, money } from '../money';
import { LANGUAGES } from '../words/languages';
import { ACCESS } from '../words/access';
import { PORTAL } from '../words/portal';
import { PORTAL_CHANGES } from '../words/portal-changes';
import { PORTAL_USAGE } from '../words/portal-usage';
import { ActionForm, placeOf } from './action-form';
import { CreditNotes } from './credit-notes';
import { Items } from './items';
import type { PortalCard, PortalDetails, PortalFrame, PortalHome, PortalInvoice, PortalPart, PortalSubscription } from './model';
import { Older } from './older';
import { Orders } from './orders';
import { Quotes } from './quote';

interface Part {
  frame: PortalFrame;
}

/** Everything that the customer has. */
export function Home({ frame, home }: Part & { home: PortalHome }): ReactNode {
  const words = PORTAL[frame.locale.language];
  const { subscriptions, cards, invoices, details, hasAccess, quotes, creditNotes, orders, hasUsage } = home;
  return (
    <>
      <section className="card" aria-labelledby="subscriptions">
        <h2 id="subscriptions">{words.subscriptions}</h2>
        {subscriptions.length === 0 && <p className="note">{words.noSubscriptions}</p>}
        <ul className="lines">
          {subscriptions.map((subscription) => (
            <Subscription key={subscription.id} frame={frame} subscription={subscription} />
          ))}
        </ul>
        {hasUsage && (
          <p>
            <a href={placeOf(frame, 'usage')}>{PORTAL_USAGE[frame.locale.language].title}</a>
          </p>
        )}
      </section>
      {quotes.length > 0 && <Quotes frame={frame} quotes={quotes} />}
      {cards !== null && <Cards frame={frame} cards={cards} />}
      {invoices !== null && <Invoices frame={frame} {...invoices} />}
      {hasRows(orders) && <Orders frame={frame} orders={orders} />}
      {hasRows(creditNotes) && <CreditNotes frame={frame} notes={creditNotes} />}
      {details !== null && <Details frame={frame} details={details} />}
      {hasAccess && (
        <p>
          <a href={placeOf(frame, 'access')}>{ACCESS[frame.locale.language].title}</a>
        </p>
      )}
    </>
  );
}

const hasRows = ({ rows, older }: PortalPart<unknown>): boolean => rows.length > 0 || older !== null;

function Subscription({ frame, subscription }: Part & { subscription: PortalSubscription }): ReactNode {
  const { id, name, can } = subscription;
  const { language } = frame.locale;
  const [words, changes] = [PORTAL[language], PORTAL_CHANGES[language]];
  // The same words are on the buttons of every subscription.
  const ofThis = (what: string): string => labeled(language, what, name);
  return (
    <li>
      <Items frame={frame} items={subscription.items} currency={subscription.currency} />
      <Standing frame={frame} subscription={subscription} />
      <div className="choices">
        {can.change && (
          <a href={placeOf(frame, 'plan', { subscription: id })} aria-label={ofThis(words.change)}>
            {words.change}
          </a>
        )}
        {can.cancel && (
          <a href={placeOf(frame, 'cancel', { subscription: id })} aria-label={ofThis(words.cancel)}>
            {words.cancel}
          </a>
        )}
        {can.pause && (
          <a href={placeOf(frame, 'pause', { subscription: id })} aria-label={ofThis(changes.pause)}>
            {changes.pause}
          </a>
        )}
        {can.resume && (
          <ActionForm frame={frame} action="resume" of={{ subscription: id }}>
            <button aria-label={ofThis(changes.resume)}>{changes.resume}</button>
          </ActionForm>
        )}
        {can.unplan && (
          <ActionForm frame={frame} action="unplan" of={{ subscription: id }}>
            <button aria-label={ofThis(changes.unplan)}>{changes.unplan}</button>
          </ActionForm>
        )}
        {can.keep && (
          <ActionForm frame={frame} action="keep" of={{ subscription: id }}>
            <button aria-label={ofThis(words.keep)}>{words.keep}</button>
          </ActionForm>
        )}
      </div>
    </li>
  );
}

/** How it goes on. */
function Standing({
  frame: { locale },
  subscription: { state, next, endsAt, currency, planned, paused },
}: Part & { subscription: PortalSubscription }): ReactNode {
  const [words, changes] = [PORTAL[locale.language], PORTAL_CHANGES[locale.language]];
  return (
    <>
      <p className={state === 'past_due' || state === 'unpaid' ? 'problem' : 'note'}>{words.states[state]}</p>
      {endsAt !== null && <p className="note">{words.endsOn(date(endsAt, locale.tag))}</p>}
      {planned !== null && <p className="note">{changes.planned(planned.item.name, date(planned.at, locale.tag))}</p>}
      {paused !== null && (
        <p className="note">{paused.until === null ? changes.paused : changes.pausedUntil(date(paused.until, locale.tag))}</p>
      )}
      {next !== null && <p className="note">{words.nextCharge(money(next.amount, currency, locale.tag), date(next.at, locale.tag))}</p>}
    </>
  );
}

function Cards({ frame, cards }: Part & { cards: PortalCard[] }): ReactNode {
  const words = PORTAL[frame.locale.language];
  return (
    <section className="card" aria-labelledby="cards">
      <h2 id="cards">{words.cards}</h2>
      {cards.length === 0 && <p className="note">{words.noCards}</p>}
      <ul className="lines">
        {cards.map((card) => (
          <Card key={card.id} frame={frame} card={card} />
        ))}
      </ul>
      <p>
        <a href={placeOf(frame, 'card')}>{words.addCard}</a>
      </p>
    </section>
  );
}

function Card({ frame, card: { id, brand, last4, expiry, wallet, isDefault, canBeRemoved } }: Part & { card: PortalCard }): ReactNode {
  const { language } = frame.locale;
  const words = PORTAL[language];
  const called = `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`;
  const name = last4 === '' ? called : words.cardName(wallet === null ? called : `${called} (${wallet})`, last4);
  return (
    <li>
      <div className="line">
        <b>{name}</b>
        {isDefault && <span className="test">{words.standard}</span>}
        {expiry !== null && <small>{words.expires(expiry)}</small>}
      </div>
      <div className="choices">
        {!isDefault && (
          <ActionForm frame={frame} action="default_card" of={{ card: id }}>
            <button aria-label={labeled(language, words.makeStandard, name)}>{words.makeStandard}</button>
          </ActionForm>
        )}
        {canBeRemoved && (
          <ActionForm frame={frame} action="remove_card" of={{ card: id }}>
            <button aria-label={labeled(language, words.removeCard, name)}>{words.removeCard}</button>
          </ActionForm>
        )}
      </div>
    </li>
  );
}

function Invoices({ frame, rows, older }: Part & PortalPart<PortalInvoice>): ReactNode {
  const words = PORTAL[frame.locale.language];
  return (
    <section className="card" aria-labelledby="invoices">
      <h2 id="invoices">{words.invoices}</h2>
      {rows.length === 0 && <p className="note">{words.noInvoices}</p>}
      <ul className="lines">
        {rows.map((invoice) => (
          <Invoice key={invoice.id} frame={frame} invoice={invoice} />
        ))}
      </ul>
      <Older frame={frame} older={older} part="after" heading="invoices" label={words.older} />
    </section>
  );
}

function Invoice({
  frame: { locale },
  invoice: { number, at, amount, currency, isCollected, status, page, pdf },
}: Part & { invoice: PortalInvoice }): ReactNode {
  const { language, tag } = locale;
  const words = PORTAL[language];
  const { collecting, invoicePdf: title } = LANGUAGES[language];
  return (
    <li className="line">
      <span>
        <a href={page}>{number}</a> <span className="test">{words[status]}</span>
      </span>
      <span className="amount">{money(amount, currency, tag)}</span>
      {isCollected && <small>{collecting}</small>}
      <small>
        {date(at, tag)} ·{' '}
        <a href={pdf} aria-label={labeled(language, title, number)}>
          {title}
        </a>
      </small>
    </li>
  );
}

function Details({ frame, details }: Part & { details: PortalDetails }): ReactNode {
  const words = PORTAL[frame.locale.language];
  const { called, email, phone, address, taxIds } = details;
  const place = [address.line1, address.postal_code, address.city, address.state, address.country].filter((part) => part !== '').join(', ');
  const lines = [called, email, phone, place, ...taxIds.map(({ value }) => value)].filter((line) => line !== '');
  return (
    <section className="card" aria-labelledby="details">
      <h2 id="details">{words.details}</h2>
      {lines.map((line) => (
        <p className="note" key={line}>
          {line}
        </p>
      ))}
      <p>
        <a href={placeOf(frame, 'details')} aria-label={labeled(frame.locale.language, words.edit, words.details)}>
          {words.edit}
        </a>
      </p>
    </section>
  );
}
