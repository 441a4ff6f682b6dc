import type { Operation } from '../../http/operation';
import { cancelRefund } from './cancel';
import { createRefund } from './create';
import { listRefunds } from './list';
import { retrieveRefund } from './retrieve';
import { updateRefund } from './update';

export const refunds: Operation[] = [cancelRefund, createRefund, listRefunds, retrieveRefund, updateRefund];
