import type { Operation } from '../../http/operation';
import { confirmPaymentPage } from './confirm';
import { retrievePaymentPage } from './retrieve';

export const paymentPages: Operation[] = [retrievePaymentPage, confirmPaymentPage];
