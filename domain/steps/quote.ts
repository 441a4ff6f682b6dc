/** What a quote does by itself, and its acceptance, which is asked of the workflow that it begins. */
import { acceptQuote, expireQuote, type AcceptQuoteParameters } from '../quote/acceptance';
import { step, type AnyStep } from '../core/steps';

export const quoteSteps: Record<string, AnyStep> = {
  acceptQuote: step<AcceptQuoteParameters>({ plan: acceptQuote, references: ({ names }) => names }),
  expireQuote: { plan: (changes, input) => expireQuote(changes, input.subject) },
};
