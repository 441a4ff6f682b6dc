import type { Operation } from '../../http/operation';
import { createTaxTransactionFromCalculation } from './create-from-calculation';
import { createTaxReversal } from './create-reversal';
import { listTaxTransactionLines } from './line-items';
import { retrieveTaxTransaction } from './retrieve';

export const taxTransactions: Operation[] = [
  createTaxTransactionFromCalculation,
  createTaxReversal,
  listTaxTransactionLines,
  retrieveTaxTransaction,
];
