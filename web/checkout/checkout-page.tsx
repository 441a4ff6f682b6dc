import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { Field } from '../components/field';
import { date, money } from '../money';
import type { CheckoutModel } from './model';

/** The page on which a buyer pays. It works as a plain form, before and without script. */
export function CheckoutPage(model: CheckoutModel): ReactNode {
  return (
    <Document lang={model.locale} title={model.seller} refreshAfter={model.state === 'processing' ? 2 : undefined}>
      <main>
        {model.state === 'open' ? (
          <>
            <Summary {...model} />
            <PaymentForm {...model} />
          </>
        ) : (
          <Outcome {...model} />
        )}
      </main>
    </Document>
  );
}

function Summary({ seller, isTest, lines, amounts, currency, locale, mode, trialEnd }: CheckoutModel): ReactNode {
  const show = (amount: number) => money(amount, currency, locale);
  return (
    <section aria-labelledby="seller">
      <h1 id="seller">
        {seller} {isTest && <span className="test">Test mode</span>}
      </h1>
      {mode !== 'setup' && <p className="total">{show(amounts.due)}</p>}
      {trialEnd !== null && <p className="note">Free until {date(trialEnd, locale)}</p>}
      <ul className="lines">
        {lines.map(({ id, name, quantity, amount }) => (
          <li className="line" key={id}>
            <b>{name}</b>
            <span className="amount">{show(amount)}</span>
            {quantity !== null && <small>Quantity {quantity}</small>}
          </li>
        ))}
      </ul>
      {mode !== 'setup' && (
        <dl>
          <dt>Subtotal</dt>
          <dd className="amount">{show(amounts.subtotal)}</dd>
          {amounts.discount > 0 && (
            <>
              <dt>Discount</dt>
              <dd className="amount">{show(-amounts.discount)}</dd>
            </>
          )}
          {amounts.tax > 0 && (
            <>
              <dt>Tax</dt>
              <dd className="amount">{show(amounts.tax)}</dd>
            </>
          )}
          <dt className="sum">Total due today</dt>
          <dd className="amount sum">{show(amounts.due)}</dd>
        </dl>
      )}
    </section>
  );
}

function PaymentForm(model: CheckoutModel): ReactNode {
  const { attempt, amounts, email, needsCard, needsAddress, problem, cancelUrl } = model;
  return (
    <section className="card" aria-labelledby="pay">
      <h2 id="pay">Payment</h2>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <form method="post" className="fields">
        <input type="hidden" name="attempt" value={attempt} />
        <input type="hidden" name="amount" value={amounts.due} />
        {email === null ? <Field name="email" label="Email" type="email" autoComplete="email" required /> : <p className="note">{email}</p>}
        {needsCard && <CardFields />}
        <Field name="name" label="Name on card" autoComplete="cc-name" required={needsCard} />
        {needsAddress && <AddressFields />}
        <button className="primary" name="submit" value="pay">
          {submitLabel(model)}
        </button>
        {cancelUrl !== null && <a href={cancelUrl}>Back</a>}
      </form>
    </section>
  );
}

function CardFields(): ReactNode {
  return (
    <fieldset className="fields">
      <Field name="number" label="Card number" inputMode="numeric" autoComplete="cc-number" required maxLength={23} />
      <div className="pair">
        <Field name="expiry" label="Expiry (MM/YY)" inputMode="numeric" autoComplete="cc-exp" required maxLength={7} />
        <Field name="cvc" label="Security code" inputMode="numeric" autoComplete="cc-csc" required maxLength={4} />
      </div>
    </fieldset>
  );
}

function AddressFields(): ReactNode {
  return (
    <fieldset className="fields">
      <Field name="line1" label="Address" autoComplete="address-line1" required />
      <div className="pair">
        <Field name="postal_code" label="Postal code" autoComplete="postal-code" />
        <Field name="city" label="City" autoComplete="address-level2" />
      </div>
      <Field name="country" label="Country" autoComplete="country" required maxLength={2} />
    </fieldset>
  );
}

function submitLabel({ mode, amounts, currency, locale }: CheckoutModel): string {
  if (mode === 'setup') return 'Save card';
  const amount = money(amounts.due, currency, locale);
  return mode === 'payment' ? `Order and pay ${amount}` : `Subscribe and pay ${amount}`;
}

function Outcome({ state, seller }: CheckoutModel): ReactNode {
  const words = {
    processing: ['Your payment is being made.', 'This page shows the result. Do not pay again.'],
    complete: ['Your payment was made.', 'You can close this page.'],
    expired: ['This checkout has expired.', 'Nothing was charged. Go back to the shop to start again.'],
    open: ['', ''],
  }[state];
  return (
    <section className="card whole">
      <h1>{seller}</h1>
      <p className="total">{words[0]}</p>
      <p className="note">{words[1]}</p>
    </section>
  );
}
