/** A quote's automatic step, and its acceptance, which runs in the workflow of the object that it creates. */
import { acceptQuote, expireQuote } from '../quote/acceptance';
import type { RowKind } from '../rows/rows';
import type { Step } from '../core/steps';

/** The rows that a quote references, as the server found them. The quote is open, so they no longer change. */
export type QuoteNames = Partial<Record<RowKind, string[]>>;

export const quoteSteps: Record<string, Step> = {
  acceptQuote: { plan: acceptQuote, references: (parameters) => parameters['names'] as QuoteNames },
  expireQuote: { plan: (changes, input) => expireQuote(changes, input.subject) },
};
