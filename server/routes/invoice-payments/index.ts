import type { Operation } from '../../operation';
import { listInvoicePayments } from './list';
import { retrieveInvoicePayment } from './retrieve';

export const invoicePayments: Operation[] = [listInvoicePayments, retrieveInvoicePayment];
