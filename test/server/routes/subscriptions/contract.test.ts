import type { z } from 'zod';
import type {
  CreateInvoiceParameters,
  FinalizeInvoiceParameters,
  LineParameters,
  PayInvoiceParameters,
  RemovedLine,
  UpdateInvoiceParameters,
} from '../../../../domain/invoice/parameters';
import type { InvoicePreviewParameters } from '../../../../domain/preview/invoice-preview';
import type {
  CancelSubscriptionParameters,
  CreateSubscriptionParameters,
  ItemChangeParameters,
  ResumeSubscriptionParameters,
  UpdateSubscriptionParameters,
} from '../../../../domain/rows/subscription-parameters';
import type { addLinesParameters } from '../../../../server/routes/invoices/add-lines';
import type { createParameters as createInvoice } from '../../../../server/routes/invoices/create';
import type { payParameters } from '../../../../server/routes/invoices/pay';
import type { previewParameters } from '../../../../server/routes/invoices/preview-parameters';
import type { removeLinesParameters } from '../../../../server/routes/invoices/remove-lines';
import type { updateParameters as updateInvoice } from '../../../../server/routes/invoices/update';
import type { deleteItemParameters } from '../../../../server/routes/subscription-items/delete';
import type { createItemParameters } from '../../../../server/routes/subscription-items/create';
import type { updateItemParameters } from '../../../../server/routes/subscription-items/update';
import type { cancelParameters } from '../../../../server/routes/subscriptions/cancel';
import type { createParameters } from '../../../../server/routes/subscriptions/create';
import type { resumeParameters } from '../../../../server/routes/subscriptions/resume';
import type { updateParameters } from '../../../../server/routes/subscriptions/update';

type Path<P> = P & { path: Record<string, string> };
/** `true` where what a route hands on is what the planner reads; anything else does not compile. */
type Fits<Given, Wanted> = [Given] extends [Wanted] ? true : never;
/** Extra items' prices are named before the planner reads them. */
type Named<P> = Omit<P, 'add_invoice_items'>;

const fits: {
  create: Fits<Named<z.output<typeof createParameters>>, Named<CreateSubscriptionParameters>>;
  update: Fits<Named<Path<z.output<typeof updateParameters>>>, Named<Omit<UpdateSubscriptionParameters, 'path'>>>;
  cancel: Fits<z.output<typeof cancelParameters>, Omit<CancelSubscriptionParameters, 'path'>>;
  resume: Fits<z.output<typeof resumeParameters>, Omit<ResumeSubscriptionParameters, 'path'>>;
  createItem: Fits<Path<z.output<typeof createItemParameters>>, ItemChangeParameters>;
  updateItem: Fits<Path<z.output<typeof updateItemParameters>>, ItemChangeParameters>;
  deleteItem: Fits<Path<z.output<typeof deleteItemParameters>>, ItemChangeParameters>;
  createInvoice: Fits<z.output<typeof createInvoice>, CreateInvoiceParameters>;
  updateInvoice: Fits<z.output<typeof updateInvoice>, Omit<UpdateInvoiceParameters, 'path'>>;
  pay: Fits<z.output<typeof payParameters>, Omit<PayInvoiceParameters, 'path'>>;
  finalize: Fits<{ auto_advance?: boolean }, Omit<FinalizeInvoiceParameters, 'path'>>;
  addLines: Fits<z.output<typeof addLinesParameters>['lines'], LineParameters[]>;
  removeLines: Fits<z.output<typeof removeLinesParameters>['lines'], RemovedLine[]>;
  preview: Fits<Omit<z.output<typeof previewParameters>, 'customer'> & { customer: string }, InvoicePreviewParameters>;
} = {
  ...{ create: true, update: true, cancel: true, resume: true, createItem: true, updateItem: true, deleteItem: true },
  ...{ createInvoice: true, updateInvoice: true, pay: true, finalize: true, addLines: true, removeLines: true, preview: true },
};

test('the types that routes pass on are those that planners read', () => {
  expect(Object.values(fits).every(Boolean)).toBe(true);
});
