import type { Operation } from '../../http/operation';
import { createInvoiceItemOperation } from './create';
import { deleteInvoiceItemOperation } from './delete';
import { listInvoiceItems } from './list';
import { retrieveInvoiceItem } from './retrieve';
import { updateInvoiceItemOperation } from './update';

export const invoiceItems: Operation[] = [
  createInvoiceItemOperation,
  deleteInvoiceItemOperation,
  listInvoiceItems,
  retrieveInvoiceItem,
  updateInvoiceItemOperation,
];
