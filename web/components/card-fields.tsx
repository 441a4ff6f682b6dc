import type { ReactNode } from 'react';
import type { Words } from '../words/words';
import { Field } from './field';

/** @param isRequired false if the buyer may choose another way to pay */
export function CardFields({ words, name, isRequired = true }: { words: Words; name: string; isRequired?: boolean }): ReactNode {
  return (
    <>
      <Field name="number" label={words.cardNumber} inputMode="numeric" autoComplete="cc-number" required={isRequired} maxLength={23} />
      <div className="pair">
        <Field name="expiry" label={words.expiry} inputMode="numeric" autoComplete="cc-exp" required={isRequired} maxLength={7} />
        <Field name="cvc" label={words.securityCode} inputMode="numeric" autoComplete="cc-csc" required={isRequired} maxLength={4} />
      </div>
      <Field name="name" label={words.nameOnCard} autoComplete="cc-name" required={isRequired} defaultValue={name} maxLength={250} />
    </>
  );
}
