import type { ReactNode } from 'react';
import { Document } from '../components/document';
import type { CheckoutModel } from './model';
import { Outcome } from './outcome';
import { PaymentForm } from './payment-form';
import { Summary } from './summary';

export interface FramedModel extends CheckoutModel {
  /** The sites that may show the page. */
  ancestors: string[];
  /** Whether the site shows itself what is sold, and the frame only how it is paid. */
  isFormOnly: boolean;
  /** Where the site goes when the session is complete; null: it is told, and stays. */
  returnUrl: string | null;
  /** What the site is told of the session. */
  session: object;
}

/** A checkout in a frame of the seller's own site. */
export function FramedPage(model: FramedModel): ReactNode {
  const { locale, branding, state, ancestors, isFormOnly, returnUrl, session } = model;
  const frame = {
    'data-ancestors': ancestors.join(' '),
    'data-session': JSON.stringify(session),
    ...(state === 'complete' ? { 'data-complete': 'yes' } : {}),
    ...(returnUrl === null ? {} : { 'data-return-url': returnUrl }),
  };
  return (
    <Document lang={locale.tag} title={branding.display_name} branding={branding} isLookingAgain={state === 'processing'} frame={frame}>
      <main className="framed" aria-label={branding.display_name}>
        {state === 'open' ? (
          <>
            {isFormOnly ? <h1 className="unseen">{branding.display_name}</h1> : <Summary {...model} />}
            <PaymentForm {...model} />
          </>
        ) : (
          <Outcome {...model} state={state} />
        )}
      </main>
    </Document>
  );
}
