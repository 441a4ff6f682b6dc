import type { Operation } from '../../http/operation';
import { createPaymentLinkOperation } from './create';
import { listPaymentLinkLines } from './list-lines';
import { listPaymentLinks } from './list';
import { retrievePaymentLink } from './retrieve';
import { updatePaymentLinkOperation } from './update';

export const paymentLinks: Operation[] = [
  createPaymentLinkOperation,
  updatePaymentLinkOperation,
  retrievePaymentLink,
  listPaymentLinks,
  listPaymentLinkLines,
];
