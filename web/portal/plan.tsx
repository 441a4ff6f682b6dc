import type { ReactNode } from 'react';
import { Field } from '../components/field';
import { ProblemNote } from '../components/problem-note';
import { date, money } from '../money';
import { LANGUAGES } from '../words/languages';
import { PORTAL } from '../words/portal';
import { PORTAL_CHANGES } from '../words/portal-changes';
import { PORTAL_PROBLEMS } from '../words/portal-problems';
import { ActionForm, placeOf } from './action-form';
import { Items, priceOf } from './items';
import type { PortalConfirmation, PortalFrame, PortalPlan, PortalPreview } from './model';

/** The plans that the customer may choose. The next page says what the change costs. */
export function Plan({
  frame,
  plan: { subscription, choices, quantity, takesCode, isCodeWrong },
}: {
  frame: PortalFrame;
  plan: PortalPlan;
}): ReactNode {
  const [words, common] = [PORTAL[frame.locale.language], LANGUAGES[frame.locale.language]];
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
        {takesCode && (
          <>
            <Field
              name="code"
              label={common.optional(common.promotionCode)}
              maxLength={500}
              aria-describedby={isCodeWrong ? 'code-wrong' : undefined}
            />
            <ProblemNote id="code-wrong">{isCodeWrong ? PORTAL_PROBLEMS[frame.locale.language].unknownCode : null}</ProblemNote>
          </>
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
  const { subscription, item, preview, waitsUntil, endsTrial, canChoose } = change;
  const { language, tag } = frame.locale;
  const [words, later] = [PORTAL[language], PORTAL_CHANGES[language]];
  const { currency, id } = subscription;
  return (
    <section className="card" aria-labelledby="confirm">
      <h2 id="confirm">{words.confirmTitle}</h2>
      <Items frame={frame} items={[item]} currency={currency} />
      {endsTrial && <p className="note">{words.endsTrial}</p>}
      {preview !== null && <Preview frame={frame} preview={preview} currency={currency} />}
      {waitsUntil !== null && <p>{later.waits(date(waitsUntil, tag))}</p>}
      <ActionForm frame={frame} action="change" of={entriesOf(change)} className="fields" labelledBy="confirm">
        <button className="primary">{buttonOf(frame, change)}</button>
      </ActionForm>
      {canChoose && (
        <p>
          <a href={placeOf(frame, 'plan', { subscription: id })}>{words.back}</a>
        </p>
      )}
    </section>
  );
}

/** What the form sends back: the choice, and what was shown of it. */
function entriesOf({ subscription, price, quantity, at, preview, code }: PortalConfirmation): Record<string, string> {
  return {
    subscription: subscription.id,
    price,
    at: String(at),
    ...(preview === null ? {} : { amount: String(preview.due) }),
    ...(quantity === null ? {} : { quantity: String(quantity) }),
    ...(code === null ? {} : { code }),
  };
}

function buttonOf({ locale: { language, tag } }: PortalFrame, { preview, subscription }: PortalConfirmation): string {
  const words = PORTAL[language];
  if (preview === null) return PORTAL_CHANGES[language].planIt;
  return preview.isNow && preview.due > 0 ? words.payNow(money(preview.due, subscription.currency, tag)) : words.confirm;
}

function Preview({ frame: { locale }, preview, currency }: { frame: PortalFrame; preview: PortalPreview; currency: string }): ReactNode {
  const words = PORTAL[locale.language];
  const { lines, sums, total, due, isNow, at } = preview;
  const inWords = (amount: number): string => money(amount, currency, locale.tag);
  return (
    <>
      <dl>
        {lines.map(({ text, amount }, index) => (
          <Line key={index} text={text} amount={inWords(amount)} />
        ))}
        {sums.map(({ of, amount }) => (
          <Line key={of} text={LANGUAGES[locale.language][of]} amount={inWords(amount)} />
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
