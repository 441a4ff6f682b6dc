import type { Operation } from '../../http/operation';
import { addLines } from './add-lines';
import { attachInvoicePayment } from './attach-payment';
import { createInvoice } from './create';
import { createPreview } from './create-preview';
import { deleteInvoice } from './delete';
import { explainInvoiceOperation } from './explain';
import { finalizeInvoice } from './finalize';
import { listInvoices } from './list';
import { listLines } from './list-lines';
import { retrieveLocationEvidence } from './location-evidence';
import { markInvoiceUncollectible } from './mark-uncollectible';
import { payInvoice } from './pay';
import { removeLines } from './remove-lines';
import { retrieveInvoice } from './retrieve';
import { sendInvoice } from './send';
import { updateInvoice } from './update';
import { updateLine } from './update-line';
import { updateLines } from './update-lines';
import { voidInvoice } from './void';

export const invoices: Operation[] = [
  addLines,
  attachInvoicePayment,
  createInvoice,
  createPreview,
  deleteInvoice,
  explainInvoiceOperation,
  retrieveLocationEvidence,
  finalizeInvoice,
  listInvoices,
  listLines,
  markInvoiceUncollectible,
  payInvoice,
  removeLines,
  retrieveInvoice,
  sendInvoice,
  updateInvoice,
  updateLine,
  updateLines,
  voidInvoice,
];
