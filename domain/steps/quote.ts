/** What a quote does by itself, and its acceptance, which is asked of the workflow that it begins. */
import { acceptQuote, expireQuote } from '../quote/acceptance';
import type { RowKind } from '../rows/rows';
import type { Step } from '../core/steps';

/** The rows that a quote names, as the server found them: it is open, so that they do not change any more. */
export type QuoteNames = Partial<Record<RowKind, string[]>>;

export const quoteSteps: Record<string, Step> = {
  acceptQuote: { plan: acceptQuote, references: (parameters) => parameters['names'] as QuoteNames },
  expireQuote: { plan: (changes, input) => expireQuote(changes, input.subject) },
};
