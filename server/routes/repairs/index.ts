import type { Operation } from '../../http/operation';
import { approveRepair } from './approve';
import { createRepair } from './create';
import { listRepairItemsOperation } from './list-items';
import { listRepairsOperation } from './list';
import { retrieveRepair } from './retrieve';
import { cancelRepair, pauseRepair, resumeRepair, retryRepair } from './states';

export const repairs: Operation[] = [
  createRepair,
  listRepairsOperation,
  retrieveRepair,
  approveRepair,
  pauseRepair,
  resumeRepair,
  cancelRepair,
  retryRepair,
  listRepairItemsOperation,
];
