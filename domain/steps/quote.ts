/** A quote's automatic step, and its acceptance, which runs in the workflow of the object that it creates. */
import { acceptQuote, expireQuote, type AcceptQuoteParameters } from '../quote/acceptance';
import { step, type AnyStep } from '../core/steps';

export const quoteSteps: Record<string, AnyStep> = {
  acceptQuote: step<AcceptQuoteParameters>({ plan: acceptQuote, references: ({ names }) => names }),
  expireQuote: { plan: (changes, input) => expireQuote(changes, input.subject) },
};
