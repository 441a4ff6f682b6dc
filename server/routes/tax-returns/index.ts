import type { Operation } from '../../http/operation';
import { closeTaxReturn } from './close';
import { listTaxReturns } from './list';
import { retrieveTaxReturn } from './retrieve';

export const taxReturns: Operation[] = [listTaxReturns, retrieveTaxReturn, closeTaxReturn];
