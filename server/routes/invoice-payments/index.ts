import type { Operation } from '../../http/operation';
import { listInvoicePayments } from './list';
import { retrieveInvoicePayment } from './retrieve';

export const invoicePayments: Operation[] = [listInvoicePayments, retrieveInvoicePayment];
