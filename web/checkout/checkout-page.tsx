import type { ReactNode } from 'react';
import { Document } from '../components/document';
import { Seller } from '../components/seller';
import { LANGUAGES } from '../words/languages';
import type { CheckoutModel } from './model';
import { PaymentForm } from './payment-form';
import { Summary } from './summary';

const LOOKS_AGAIN_AFTER_SECONDS = 2;

/** The page on which a buyer pays. It works as a plain form, before and without script. */
export function CheckoutPage(model: CheckoutModel): ReactNode {
  const { locale, branding, state } = model;
  return (
    <Document
      lang={locale.tag}
      title={branding.display_name}
      branding={branding}
      refreshAfter={state === 'processing' ? LOOKS_AGAIN_AFTER_SECONDS : undefined}
    >
      <main>
        {state === 'open' ? (
          <>
            <Summary {...model} />
            <PaymentForm {...model} />
          </>
        ) : (
          <Outcome {...model} state={state} />
        )}
      </main>
    </Document>
  );
}

function Outcome({ state, branding, locale, cancelUrl }: CheckoutModel & { state: 'processing' | 'complete' | 'expired' }): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <section className="card whole" aria-live="polite">
      <Seller branding={branding} />
      <p className="total">{words[state]}</p>
      <p className="note">{words[`${state}Note`]}</p>
      {state === 'expired' && cancelUrl !== null && <a href={cancelUrl}>{words.back}</a>}
    </section>
  );
}
