import type { Operation } from '../../http/operation';
import { listTaxThresholds } from './list';

export const taxThresholds: Operation[] = [listTaxThresholds];
