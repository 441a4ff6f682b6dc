import type { ReactNode } from 'react';
import { Field } from '../components/field';
import { date, money } from '../money';
import { PORTAL } from '../words/portal';
import { ActionForm, placeOf } from './action-form';
import { Items, priceOf } from './items';
import type { PortalConfirmation, PortalFrame, PortalPlan, PortalPreview } from './model';

/** The plans that the customer may choose. The next page says what the change costs. */
export function Plan({ frame, plan: { subscription, choices, quantity } }: { frame: PortalFrame; plan: PortalPlan }): ReactNode {
  const words = PORTAL[frame.locale.language];
  return (
    <section className="card" aria-labelledby="plan">
      <h2 id="plan">{words.choosePlan}</h2>
      <form method="get" action={placeOf(frame, 'confirm')} className="fields" aria-labelledby="plan">
        <input type="hidden" name="subscription" value={subscription.id} />
        <div role="radiogroup" aria-labelledby="plan">
          {choices.map(({ price, item, isPresent }) => (
            <label className="option" key={price}>
              <input type="radio" name="price" value={price} defaultChecked={isPresent} />
              <span>
                {item.name}
                {isPresent && <small>{words.present}</small>}
              </span>
              <span className="amount">{priceOf(frame, item, subscription.currency)}</span>
            </label>
          ))}
        </div>
        {quantity !== null && (
          <Field
            name="quantity"
            label={words.quantityOf}
            type="number"
            inputMode="numeric"
            required
            defaultValue={quantity.present}
            min={quantity.minimum}
            max={quantity.maximum ?? undefined}
          />
        )}
        <button className="primary">{words.goOn}</button>
      </form>
      <p>
        <a href={placeOf(frame, 'home')}>{words.back}</a>
      </p>
    </section>
  );
}

/** What the change costs, exactly, before it is made. */
export function Confirmation({ frame, change }: { frame: PortalFrame; change: PortalConfirmation }): ReactNode {
  const { subscription, item, price, quantity, at, preview, endsTrial, canChoose } = change;
  const { language, tag } = frame.locale;
  const words = PORTAL[language];
  const { currency, id } = subscription;
  const pays = preview.isNow && preview.due > 0;
  const of = {
    subscription: id,
    price,
    at: String(at),
    amount: String(preview.due),
    ...(quantity === null ? {} : { quantity: String(quantity) }),
  };
  return (
    <section className="card" aria-labelledby="confirm">
      <h2 id="confirm">{words.confirmTitle}</h2>
      <Items frame={frame} items={[item]} currency={currency} />
      {endsTrial && <p className="note">{words.endsTrial}</p>}
      <Preview frame={frame} preview={preview} currency={currency} />
      <ActionForm frame={frame} action="change" of={of} className="fields" labelledBy="confirm">
        <button className="primary">{pays ? words.payNow(money(preview.due, currency, tag)) : words.confirm}</button>
      </ActionForm>
      {canChoose && (
        <p>
          <a href={placeOf(frame, 'plan', { subscription: id })}>{words.back}</a>
        </p>
      )}
    </section>
  );
}

function Preview({ frame: { locale }, preview, currency }: { frame: PortalFrame; preview: PortalPreview; currency: string }): ReactNode {
  const words = PORTAL[locale.language];
  const { lines, total, due, isNow, at } = preview;
  const inWords = (amount: number): string => money(amount, currency, locale.tag);
  return (
    <>
      <dl>
        {lines.map(({ text, amount }, index) => (
          <Line key={index} text={text} amount={inWords(amount)} />
        ))}
        <Line text={isNow || at === null ? words.dueNow : words.dueLater(date(at, locale.tag))} amount={inWords(due)} isSum />
      </dl>
      {total < 0 && <p className="note">{words.creditLater(inWords(-total))}</p>}
    </>
  );
}

function Line({ text, amount, isSum = false }: { text: string; amount: string; isSum?: boolean }): ReactNode {
  return (
    <>
      <dt className={isSum ? 'sum' : undefined}>{text}</dt>
      <dd className={isSum ? 'amount sum' : 'amount'}>{amount}</dd>
    </>
  );
}
