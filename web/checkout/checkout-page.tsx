import type { ReactNode } from 'react';
import { Document } from '../components/document';
import type { CheckoutModel } from './model';
import { Outcome } from './outcome';
import { PaymentForm } from './payment-form';
import { Summary } from './summary';

/** The page on which a buyer pays. It works as a plain form, before and without script. */
export function CheckoutPage(model: CheckoutModel): ReactNode {
  const { locale, branding, state } = model;
  return (
    <Document lang={locale.tag} title={branding.display_name} branding={branding} isLookingAgain={state === 'processing'}>
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
