import type { Operation } from '../../http/operation';
import { captureCharge } from './capture';
import { createCharge } from './create';
import { disputeCharge } from './dispute';
import { listCharges } from './list';
import { retrieveChargeRisk } from './risk';
import { retrieveCharge } from './retrieve';
import { updateCharge } from './update';

export const charges: Operation[] = [
  captureCharge,
  createCharge,
  disputeCharge,
  listCharges,
  retrieveCharge,
  retrieveChargeRisk,
  updateCharge,
];
