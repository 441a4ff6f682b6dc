import type { Operation } from '../../http/operation';
import { listTaxCodes } from './list';
import { retrieveTaxCode } from './retrieve';

export const taxCodes: Operation[] = [listTaxCodes, retrieveTaxCode];
