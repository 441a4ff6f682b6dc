import type { ReactNode } from 'react';
import { Field } from '../components/field';
import { date, money } from '../money';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { ActionForm, placeOf } from './action-form';
import { Items } from './items';
import type { PortalCancellation, PortalFrame } from './model';
import { Offer } from './offer';

/** What a cancellation means, and why the customer leaves. */
export function Cancellation({ frame, cancellation }: { frame: PortalFrame; cancellation: PortalCancellation }): ReactNode {
  const { subscription, endsAt, credit, reasons, offer } = cancellation;
  const { language, tag } = frame.locale;
  const words = PORTAL[language];
  return (
    <>
      {offer !== null && <Offer frame={frame} subscription={subscription} offer={offer} />}
      <section className="card" aria-labelledby="cancel">
        <h2 id="cancel">{words.cancelTitle(subscription.name)}</h2>
        <Items frame={frame} items={subscription.items} currency={subscription.currency} />
        <p>{endsAt === null ? words.endsNow : words.staysUntil(date(endsAt, tag))}</p>
        {endsAt === null && <p>{credit === null ? words.nothingBack : words.credit(money(credit, subscription.currency, tag))}</p>}
        <ActionForm frame={frame} action="cancel" of={{ subscription: subscription.id }} className="fields" labelledBy="cancel">
          {reasons !== null && (
            <>
              <fieldset>
                <legend>{words.why}</legend>
                {reasons.map((reason) => (
                  <label className="option" key={reason}>
                    <input type="radio" name="feedback" value={reason} />
                    <span>{words.reasons[reason]}</span>
                  </label>
                ))}
              </fieldset>
              <Field name="comment" label={LANGUAGES[language].optional(words.comment)} maxLength={500} />
            </>
          )}
          <button className={offer === null ? 'primary' : undefined}>{words.cancel}</button>
        </ActionForm>
        <p>
          <a href={placeOf(frame, 'home')}>{words.keepIt}</a>
        </p>
      </section>
    </>
  );
}
