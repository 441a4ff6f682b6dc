import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { date, money } from '../money';
import { PORTAL } from '../words/portal';
import { PORTAL_USAGE } from '../words/portal-usage';
import { placeOf } from './action-form';
import type { PortalFrame, PortalUsage, PortalUsedItem } from './model';
import { UsageChart } from './usage-chart';

interface UsageProps {
  frame: PortalFrame;
  usage: PortalUsage;
}

/** What was used and what it costs so far, and what is prepaid. */
export function Usage({ frame, usage: { subscriptions, credits, topUps } }: UsageProps): ReactNode {
  const { language } = frame.locale;
  const words = PORTAL_USAGE[language];
  return (
    <>
      {subscriptions.map((subscription, index) => (
        <Period key={index} frame={frame} subscription={subscription} index={index} />
      ))}
      {(credits.length > 0 || topUps.length > 0) && <Credits frame={frame} credits={credits} topUps={topUps} />}
      <p>
        <a href={placeOf(frame, 'home')} aria-label={labeled(language, PORTAL[language].back, words.title)}>
          {PORTAL[language].back}
        </a>
      </p>
    </>
  );
}

interface PeriodProps {
  frame: PortalFrame;
  subscription: PortalUsage['subscriptions'][number];
  index: number;
}

function Period({ frame, subscription: { currency, from, to, total, expected, items }, index }: PeriodProps): ReactNode {
  const { language, tag } = frame.locale;
  const words = PORTAL_USAGE[language];
  const id = `usage-${String(index)}`;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{words.title}</h2>
      <p className="note">{words.period(date(from, tag), date(to, tag))}</p>
      <dl>
        <dt className="sum">{words.spent}</dt>
        <dd className="amount sum">{money(total, currency, tag)}</dd>
        {expected !== null && (
          <>
            <dt>{words.expected(date(to, tag))}</dt>
            <dd className="amount">{money(expected, currency, tag)}</dd>
          </>
        )}
      </dl>
      <p className="note">{words.method}</p>
      {items.map((item, place) => (
        <Used key={place} frame={frame} item={item} currency={currency} id={`${id}-${String(place)}`} />
      ))}
    </section>
  );
}

function Used({
  frame: { locale },
  item,
  currency,
  id,
}: {
  frame: PortalFrame;
  item: PortalUsedItem;
  currency: string;
  id: string;
}): ReactNode {
  const words = PORTAL_USAGE[locale.language];
  const { name, meter, quantity, amount, forecast, days } = item;
  const number = (text: string, digits = 6): string =>
    new Intl.NumberFormat(locale.tag, { maximumFractionDigits: digits }).format(Number(text));
  // More digits would promise more than a forecast can.
  const expected = (text: string): string => number(text, Number(text) < 10 ? 2 : 0);
  return (
    <>
      <div className="line">
        <b>{name}</b>
        <span className="amount">{money(amount, currency, locale.tag)}</span>
        <small>{labeled(locale.language, meter, number(quantity))}</small>
        {forecast !== null && <small>{words.forecast(expected(forecast.quantity), money(forecast.amount, currency, locale.tag))}</small>}
      </div>
      <UsageChart id={id} title={words.byDay(name)} days={days} locale={locale} />
    </>
  );
}

function Credits({ frame: { locale }, credits, topUps }: { frame: PortalFrame } & Pick<PortalUsage, 'credits' | 'topUps'>): ReactNode {
  const words = PORTAL_USAGE[locale.language];
  const inWords = (amount: number, currency: string): string => money(amount, currency, locale.tag);
  return (
    <section className="card" aria-labelledby="credits">
      <h2 id="credits">{words.credits}</h2>
      {credits.map(({ currency, left }) => (
        <p key={currency}>{left === null ? words.unknown : words.left(inWords(left, currency))}</p>
      ))}
      {topUps.map(({ currency, threshold, amount, price, monthlyLimit, isPaused }, index) => (
        <p className="note" key={index}>
          {words.topUp(inWords(threshold, currency), inWords(amount, currency), inWords(price, currency), inWords(monthlyLimit, currency))}
          {isPaused && ` ${words.paused}`}
        </p>
      ))}
    </section>
  );
}
