import type { Operation } from '../../http/operation';
import { createTaxRateOperation } from './create';
import { listTaxRates } from './list';
import { retrieveTaxRate } from './retrieve';
import { updateTaxRateOperation } from './update';

export const taxRates: Operation[] = [createTaxRateOperation, listTaxRates, retrieveTaxRate, updateTaxRateOperation];
