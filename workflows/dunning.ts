import { charge } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCharge } from './lifecycle';

/**
 * Recovers one unpaid invoice by the program that was chosen when its first attempt failed. While it runs, it receives the calls on that
 * invoice. Ends when the invoice is paid, voided or given up.
 */
export const dunningWorkflow = entityWorkflow('dunning', {
  updates: {
    payInvoice: thenCharge,
    attachPayment: record, //            a payment that was made apart from the invoice
    updateInvoice: thenCharge,
    finalizeInvoice: thenCharge,
    sendInvoice: record,
    voidInvoice: record,
    markInvoiceUncollectible: record,
    deleteInvoice: record,
    createCreditNote: record, //        a refund that it makes has its own workflow
    voidCreditNote: record,
  },
  agenda: {
    retryPayment: thenCharge, //         the next retry of the program
    retryWithNewMethod: thenCharge, //   another card is tried at once
    mailInRecovery: record, //           the program tells the customer
    notifyOfRecovery: record, //         the program tells the seller
    endAccess: record, //                the subscription gives no access any more
    downgradeInRecovery: record, //      the subscription gets a lower price
    openTask: record, //                 a person is asked, and the program waits
    missTask: record, //                 nobody has answered in time
    followAnswer: record, //             the answer of a person
    exhaustDunning: record, //           after the last step: the subscription ends, is paused, or stays unpaid or past due
    stopDunning: record, //              paid or voided by other means
  },
  calls: { attemptPayment: charge },
});
