import type { Operation } from '../../http/operation';
import { createExchangeRate } from './create';
import { listExchangeRates } from './list';

export const exchangeRates: Operation[] = [createExchangeRate, listExchangeRates];
