import type { Operation } from '../../http/operation';
import { createPromotionCodeOperation } from './create';
import { listPromotionCodes } from './list';
import { retrievePromotionCode } from './retrieve';
import { updatePromotionCodeOperation } from './update';

export const promotionCodes: Operation[] = [
  createPromotionCodeOperation,
  listPromotionCodes,
  retrievePromotionCode,
  updatePromotionCodeOperation,
];
