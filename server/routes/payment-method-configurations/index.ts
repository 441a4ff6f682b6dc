import type { Operation } from '../../http/operation';
import { createPaymentMethodConfiguration } from './create';
import { listPaymentMethodConfigurations } from './list';
import { retrievePaymentMethodConfiguration } from './retrieve';
import { updatePaymentMethodConfiguration } from './update';

export const paymentMethodConfigurations: Operation[] = [
  createPaymentMethodConfiguration,
  listPaymentMethodConfigurations,
  retrievePaymentMethodConfiguration,
  updatePaymentMethodConfiguration,
];
