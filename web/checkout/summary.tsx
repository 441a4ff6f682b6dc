import type { ReactNode } from 'react';
import { Seller } from '../components/seller';
import { date, money } from '../money';
import { LANGUAGES } from '../words/languages';
import type { CheckoutModel, CheckoutModelLine } from './model';
import { OptionalItems } from './optional-items';

/** What is bought, and what it costs. The form changes quantities and codes, and the server answers with the new total. */
export function Summary(model: CheckoutModel): ReactNode {
  const { branding, isTest, amounts, currency, locale, mode, trialEnd } = model;
  const words = LANGUAGES[locale.language];
  return (
    <section aria-labelledby="seller">
      <Seller branding={branding} mark={isTest ? words.testMode : undefined} />
      {mode === 'setup' ? <p className="total">{words.saveCard}</p> : <p className="total">{money(amounts.due, currency, locale.tag)}</p>}
      {trialEnd !== null && <p className="note">{words.free(date(trialEnd, locale.tag))}</p>}
      {mode !== 'setup' && <Lines {...model} />}
    </section>
  );
}

function Lines(model: CheckoutModel): ReactNode {
  const { lines, attempt, promotion, locale } = model;
  const words = LANGUAGES[locale.language];
  const isChosen = model.optional.length > 0 || lines.some(({ isOptional }) => isOptional);
  const canChange = promotion.isAsked || isChosen || lines.some(({ adjustable }) => adjustable !== null);
  const content = (
    <>
      <ul className="lines">
        {lines.map((line) => (
          <Line key={line.id} line={line} model={model} />
        ))}
      </ul>
      <OptionalItems {...model} />
      {promotion.isAsked && <Promotion {...model} />}
      {lines.some(({ adjustable }) => adjustable !== null) && (
        <p>
          <button name="action" value="update">
            {words.update}
          </button>
        </p>
      )}
    </>
  );
  return (
    <>
      {canChange ? (
        <form method="post" data-revision="">
          <input type="hidden" name="attempt" value={attempt} />
          {content}
        </form>
      ) : (
        content
      )}
      <Totals {...model} />
    </>
  );
}

function Line({ line, model }: { line: CheckoutModelLine; model: CheckoutModel }): ReactNode {
  const { currency, locale } = model;
  const words = LANGUAGES[locale.language];
  const { id, name, quantity, adjustable, amount, isOptional } = line;
  return (
    <li className="line">
      <b>{name}</b>
      <span className="amount">{money(amount, currency, locale.tag)}</span>
      {adjustable ? (
        <label className="quantity">
          {words.quantity('')}{' '}
          <input
            type="number"
            name={`quantity_${id}`}
            aria-label={`${words.quantity('').trim()} ${name}`}
            defaultValue={quantity ?? 1}
            min={adjustable.minimum}
            max={adjustable.maximum}
          />
        </label>
      ) : (
        quantity !== null && <small>{words.quantity(new Intl.NumberFormat(locale.tag).format(quantity))}</small>
      )}
      {isOptional && (
        <button name="action" value={`remove_item:${id}`} aria-label={`${words.remove} ${name}`}>
          {words.remove}
        </button>
      )}
    </li>
  );
}

function Promotion({ promotion, locale }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  if (promotion.code !== null) {
    return (
      <p className="code">
        <span className="test">{promotion.code}</span>{' '}
        <button name="action" value="remove_code">
          {words.remove}
        </button>
      </p>
    );
  }
  return (
    <div className="code">
      <label htmlFor="code">{words.promotionCode}</label>
      <div className="row">
        <input id="code" name="code" autoComplete="off" maxLength={100} />
        <button name="action" value="update">
          {words.apply}
        </button>
      </div>
    </div>
  );
}

function Totals({ amounts, currency, locale, isTaxAdded, delivery }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  const hasShipping = delivery.options.length > 0;
  const show = (amount: number) => money(amount, currency, locale.tag);
  const rows: [string, number][] = [[words.subtotal, amounts.subtotal]];
  if (amounts.discount > 0) rows.push([words.discount, -amounts.discount]);
  if (hasShipping) rows.push([words.shipping, amounts.shipping]);
  if (amounts.tax > 0 && isTaxAdded) rows.push([words.tax, amounts.tax]);
  if (amounts.due !== amounts.total) rows.push([words.balance, amounts.due - amounts.total]);
  return (
    <dl>
      {rows.map(([label, amount]) => (
        <Row key={label} label={label} amount={show(amount)} />
      ))}
      <Row label={words.dueToday} amount={show(amounts.due)} isSum />
      {amounts.tax > 0 && !isTaxAdded && <dd className="note">{words.taxIncluded(show(amounts.tax))}</dd>}
    </dl>
  );
}

function Row({ label, amount, isSum = false }: { label: string; amount: string; isSum?: boolean }): ReactNode {
  return (
    <>
      <dt className={isSum ? 'sum' : undefined}>{label}</dt>
      <dd className={isSum ? 'amount sum' : 'amount'}>{amount}</dd>
    </>
  );
}
