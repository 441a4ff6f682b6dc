import { charge } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCharge } from './lifecycle';

/**
 * An invoice without another owner: it has no subscription, or that has ended. Ends when the invoice is paid, void or uncollectible, or
 * when a dunning takes it over.
 */
export const invoiceWorkflow = entityWorkflow('invoice', {
  updates: {
    createInvoice: thenCharge,
    acceptQuote: thenCharge,
    updateInvoice: thenCharge,
    finalizeInvoice: thenCharge,
    sendInvoice: record,
    payInvoice: thenCharge,
    attachPayment: record, //            a payment that was made apart from the invoice
    voidInvoice: record,
    markInvoiceUncollectible: record,
    deleteInvoice: record,
    createCreditNote: record, //        a refund that it makes has its own workflow
    voidCreditNote: record,
  },
  agenda: {
    finalizeDraft: thenCharge, //   the draft's hour is over
    remindOfDueDate: record, //     sent, and due some days later
    invoicePastDue: record, //      sent, and not paid by its due date
    stopCollecting: record, //      its customer was deleted
  },
  calls: { attemptPayment: charge },
});
