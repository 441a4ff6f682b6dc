import type { Operation } from '../../http/operation';
import { disputeCharge } from './dispute';
import { listCharges } from './list';
import { retrieveCharge } from './retrieve';
import { updateCharge } from './update';

export const charges: Operation[] = [disputeCharge, listCharges, retrieveCharge, updateCharge];
