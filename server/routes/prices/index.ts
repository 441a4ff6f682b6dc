import type { Operation } from '../../http/operation';
import { createPriceOperation } from './create';
import { listPrices } from './list';
import { retrievePrice } from './retrieve';
import { updatePriceOperation } from './update';

export const prices: Operation[] = [createPriceOperation, listPrices, retrievePrice, updatePriceOperation];
