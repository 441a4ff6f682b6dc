import type { Operation } from '../../http/operation';
import { createReconciliation } from './create';
import { listDifferencesOperation } from './list-differences';
import { listReconciliationsOperation } from './list';
import { createSettlementFile, retrieveSettlementFile } from './settlement-files';
import { updateDifferenceOperation } from './update-difference';

export const reconciliations: Operation[] = [
  createReconciliation,
  listReconciliationsOperation,
  listDifferencesOperation,
  updateDifferenceOperation,
  retrieveSettlementFile,
  createSettlementFile,
];
