import type { Operation } from '../../http/operation';
import { attachPaymentMethodOperation } from './attach';
import { createPaymentMethod } from './create';
import { detachPaymentMethodOperation } from './detach';
import { listPaymentMethods } from './list';
import { retrievePaymentMethod } from './retrieve';
import { updatePaymentMethodOperation } from './update';

export const paymentMethods: Operation[] = [
  attachPaymentMethodOperation,
  createPaymentMethod,
  detachPaymentMethodOperation,
  listPaymentMethods,
  retrievePaymentMethod,
  updatePaymentMethodOperation,
];
