import type { Operation } from '../../http/operation';
import { createPricingTableOperation } from './create';
import { listPricingTables } from './list';
import { retrievePricingTable } from './retrieve';
import { updatePricingTableOperation } from './update';

export const pricingTables: Operation[] = [
  createPricingTableOperation,
  retrievePricingTable,
  listPricingTables,
  updatePricingTableOperation,
];
