import type { Operation } from '../../http/operation';
import { acceptQuote } from './accept';
import { cancelQuote } from './cancel';
import { createQuote } from './create';
import { finalizeQuote } from './finalize';
import { listQuotes } from './list';
import { listQuoteLines, listUpfrontLines } from './list-lines';
import { retrieveQuote } from './retrieve';
import { updateQuote } from './update';

export const quotes: Operation[] = [
  acceptQuote,
  cancelQuote,
  createQuote,
  finalizeQuote,
  listQuotes,
  listQuoteLines,
  listUpfrontLines,
  retrieveQuote,
  updateQuote,
];
