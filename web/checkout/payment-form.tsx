import type { ReactNode } from 'react';
import { AddressFields } from '../components/address-fields';
import { Check } from '../components/check';
import { Field } from '../components/field';
import { MethodFields } from '../components/method-fields';
import { MarkedText } from '../components/marked-text';
import { ProblemNote } from '../components/problem-note';
import { WalletButtons } from '../components/wallet-buttons';
import { asksRenewalConsent } from '../law';
import { money, date } from '../money';
import { LANGUAGES } from '../words/languages';
import type { Words } from '../words/words';
import { Delivery } from './delivery';
import type { CheckoutModel, Renewal } from './model';
import { SavedCards } from './saved-cards';
import { AskedConsents, Questions } from './questions';

/** Who pays, with which card, under which terms. The terms stand directly before the button, as Directive 2011/83/EU art. 8(2) asks. */
export function PaymentForm(model: CheckoutModel): ReactNode {
  const { attempt, amounts, entered, isEmailFixed, needsCard, needsAddress, problem, cancelUrl, locale, texts } = model;
  const words = LANGUAGES[locale.language];
  return (
    <section className="card" aria-labelledby="pay">
      <h2 id="pay">{words.payment}</h2>
      <ProblemNote>{problem && words[problem]}</ProblemNote>
      <form method="post" className="fields" data-payment="">
        <input type="hidden" name="attempt" value={attempt} />
        <input type="hidden" name="amount" value={amounts.due} />
        {isEmailFixed ? (
          <p className="note">{entered.email}</p>
        ) : (
          <Field name="email" label={words.email} type="email" autoComplete="email" required defaultValue={entered.email} maxLength={320} />
        )}
        <Questions {...model} />
        <Delivery {...model} />
        {needsAddress && (
          <fieldset className="fields">
            <legend>{words.billingAddress}</legend>
            <AddressFields entered={entered} locale={locale} />
          </fieldset>
        )}
        {hasChoices(model) && (
          <button name="action" value="update" formNoValidate>
            {words.update}
          </button>
        )}
        {needsCard && <Methods {...model} />}
        <Terms {...model} />
        <Consents {...model} />
        <AskedConsents {...model} />
        <Said text={texts.submit} />
        <button className="primary" name="action" value="pay">
          {buttonLabel(model, words)}
        </button>
        {needsCard && <WalletButtons wallets={model.wallets} words={words} orders={model.law.obligation && model.mode !== 'setup'} />}
        <Said text={texts.afterSubmit} />
        {cancelUrl !== null && <a href={cancelUrl}>{words.back}</a>}
      </form>
    </section>
  );
}

/** Whether the total depends on entries that the button asks about without paying. */
const hasChoices = ({ delivery, asked }: CheckoutModel): boolean => delivery.options.length > 1 || asked.taxId !== null;

/** The seller's own words beside the button. */
function Said({ text }: { text: string | null }): ReactNode {
  if (text === null) return null;
  return (
    <p className="said">
      <MarkedText>{text}</MarkedText>
    </p>
  );
}

/** A saved card or account, or a new one. */
function Methods({ saved, entered, locale, methods, seller, debitInterval }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  const hasChoice = saved.cards.length > 0;
  return (
    <>
      {hasChoice && <SavedCards saved={saved} methods={methods} words={words} />}
      <MethodFields methods={methods} words={words} name={entered.name} seller={seller} isRequired={!hasChoice} interval={debitInterval} />
      {saved.isSavable && <Check name="save_card">{words.keepCard}</Check>}
    </>
  );
}

/** What the buyer must agree to by a tick of its own. */
function Consents(model: CheckoutModel): ReactNode {
  const { law, mode, renewal, currency, locale } = model;
  const words = LANGUAGES[locale.language];
  if (mode !== 'subscription') return null;
  return (
    <>
      {law.withdrawalDays !== null && (
        <Check name="withdrawal_consent" required>
          {words.withdrawalConsent}
        </Check>
      )}
      {renewal !== null && asksRenewalConsent(law, model) && (
        <Check name="renewal_consent" required>
          {renewal.amount === null
            ? words.renewalConsentByUsage(everyOf(renewal, words))
            : words.renewalConsent(money(renewal.amount, currency, locale.tag), everyOf(renewal, words))}
        </Check>
      )}
    </>
  );
}

const everyOf = ({ interval, count }: Renewal, words: Words): string => words.intervals[interval](count);

function buttonLabel({ mode, amounts, currency, locale, law, submit }: CheckoutModel, words: Words): string {
  if (mode === 'setup') return words.saveButton;
  const amount = money(amounts.due, currency, locale.tag);
  if (amounts.due === 0 && mode === 'subscription') return words.trialButton;
  if (submit === 'donate') return words.donateButton(amount);
  if (!law.obligation) return submit === 'book' ? words.bookButton(amount) : words.payButton(amount);
  return mode === 'payment' ? words.orderButton(amount) : words.subscribeButton(amount);
}

/** Term, renewal, cancellation and withdrawal. */
function Terms({ renewal, law, mode, seller, currency, locale }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <div className="terms">
      {renewal && <RenewalTerms renewal={renewal} words={words} currency={currency} tag={locale.tag} />}
      {mode !== 'setup' && law.withdrawalDays !== null && <p>{words.withdrawal(law.withdrawalDays)}</p>}
      <p>{words.terms(seller)}</p>
    </div>
  );
}

interface RenewalTermsProps {
  renewal: Renewal;
  words: Words;
  currency: string;
  tag: string;
}

function RenewalTerms({ renewal, words, currency, tag }: RenewalTermsProps): ReactNode {
  const [every, from] = [everyOf(renewal, words), date(renewal.from, tag)];
  const { amount, plusTax, reduced } = renewal;
  return (
    <p>
      {amount === null ? words.renewsPlain(every, from) : words.renews(money(amount, currency, tag), every, from)}{' '}
      {reduced && words.reducedUntil(money(reduced.amount, currency, tag), date(reduced.until, tag))} {plusTax && words.plusTax}{' '}
      {words.cancelAnyTime}
    </p>
  );
}
