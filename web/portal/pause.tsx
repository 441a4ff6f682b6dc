import type { ReactNode } from 'react';
import { date } from '../money';
import { PORTAL } from '../words/portal';
import { PORTAL_CHANGES } from '../words/portal-changes';
import { ActionForm, placeOf } from './action-form';
import { Items } from './items';
import type { PortalFrame, PortalPause } from './model';

/** How long the customer pauses. */
export function Pause({ frame, pause: { subscription, at, options } }: { frame: PortalFrame; pause: PortalPause }): ReactNode {
  const { language, tag } = frame.locale;
  const words = PORTAL_CHANGES[language];
  return (
    <section className="card" aria-labelledby="pause">
      <h2 id="pause">{words.pause}</h2>
      <Items frame={frame} items={subscription.items} currency={subscription.currency} />
      <p>{words.pauseNote}</p>
      <ActionForm frame={frame} action="pause" of={{ subscription: subscription.id, at: String(at) }} className="fields" labelledBy="pause">
        {options === null ? (
          <p className="note">{words.pauseOpen}</p>
        ) : (
          <div role="radiogroup" aria-labelledby="pause">
            {options.map(({ until }, index) => (
              <label className="option" key={index}>
                <input type="radio" name="duration" value={index} defaultChecked={index === 0} />
                <span>{words.until(date(until, tag))}</span>
              </label>
            ))}
          </div>
        )}
        <button className="primary">{words.pause}</button>
      </ActionForm>
      <p>
        <a href={placeOf(frame, 'home')}>{PORTAL[language].back}</a>
      </p>
    </section>
  );
}
