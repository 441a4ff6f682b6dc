import type { Operation } from '../../http/operation';
import { createCreditTopUpOperation } from './create';
import { deleteCreditTopUpOperation } from './delete';
import { listCreditTopUps } from './list';
import { pauseCreditTopUpOperation } from './pause';
import { resumeCreditTopUpOperation } from './resume';
import { retrieveCreditTopUp } from './retrieve';
import { updateCreditTopUpOperation } from './update';

export const creditTopUps: Operation[] = [
  createCreditTopUpOperation,
  deleteCreditTopUpOperation,
  listCreditTopUps,
  pauseCreditTopUpOperation,
  resumeCreditTopUpOperation,
  retrieveCreditTopUp,
  updateCreditTopUpOperation,
];
