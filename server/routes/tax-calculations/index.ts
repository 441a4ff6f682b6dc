import type { Operation } from '../../http/operation';
import { createTaxCalculation } from './create';
import { listTaxCalculationLines } from './line-items';
import { retrieveTaxCalculation } from './retrieve';

export const taxCalculations: Operation[] = [createTaxCalculation, listTaxCalculationLines, retrieveTaxCalculation];
