import type { Operation } from '../../http/operation';
import { cancelRefund } from './cancel';
import { createRefund } from './create';
import { listRefunds } from './list';
import { REFUND_PATHS } from './paths';
import { retrieveRefund } from './retrieve';
import { createChargeRefund, listChargeRefunds, refundChargeAtOnce } from './under-charge';
import { updateRefund } from './update';

export const refunds: Operation[] = [
  cancelRefund,
  createRefund,
  listRefunds,
  ...REFUND_PATHS.flatMap((path) => [retrieveRefund(path), updateRefund(path)]),
  createChargeRefund,
  listChargeRefunds,
  refundChargeAtOnce,
];
