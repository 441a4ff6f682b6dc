import type { ReactNode } from 'react';
import { money } from '../money';
import { PORTAL_CHANGES } from '../words/portal-changes';
import { ActionForm } from './action-form';
import type { PortalFrame, PortalOffer, PortalSubscription } from './model';

interface OfferProps {
  frame: PortalFrame;
  subscription: PortalSubscription;
  offer: PortalOffer;
}

/** What the customer pays less if it stays. To cancel is on the same page, below. */
export function Offer({ frame, subscription, offer }: OfferProps): ReactNode {
  const words = PORTAL_CHANGES[frame.locale.language];
  return (
    <section className="card" aria-labelledby="offer">
      <h2 id="offer">{words.offerTitle}</h2>
      <p>
        <b>{words.off(reductionOf(frame, subscription, offer))}</b>, {durationOf(frame, offer)}
      </p>
      <ActionForm frame={frame} action="stay" of={{ subscription: subscription.id }} labelledBy="offer">
        <button className="primary">{words.stay}</button>
      </ActionForm>
    </section>
  );
}

function reductionOf({ locale: { tag } }: PortalFrame, { currency }: PortalSubscription, { percent, amount }: PortalOffer): string {
  if (percent === null) return money(amount ?? 0, currency, tag);
  return new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 }).format(percent / 100);
}

function durationOf({ locale: { language } }: PortalFrame, { duration, months }: PortalOffer): string {
  const words = PORTAL_CHANGES[language];
  return duration === 'repeating' ? words.months(months ?? 1) : words[duration];
}
