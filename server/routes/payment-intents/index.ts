import type { Operation } from '../../http/operation';
import { authenticatePaymentIntent } from './authenticate';
import { cancelPaymentIntent } from './cancel';
import { capturePaymentIntent } from './capture';
import { confirmPaymentIntent } from './confirm';
import { createPaymentIntent } from './create';
import { listPaymentIntents } from './list';
import { retrievePaymentIntent } from './retrieve';
import { updatePaymentIntentOperation } from './update';
import { verifyPaymentMicrodeposits } from './verify-microdeposits';

export const paymentIntents: Operation[] = [
  authenticatePaymentIntent,
  cancelPaymentIntent,
  capturePaymentIntent,
  confirmPaymentIntent,
  createPaymentIntent,
  listPaymentIntents,
  retrievePaymentIntent,
  updatePaymentIntentOperation,
  verifyPaymentMicrodeposits,
];
