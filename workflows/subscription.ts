import { charge } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCharge } from './lifecycle';

/**
 * The only writer of one subscription, status included, and of its invoices up to their first charge. Ends when it is canceled or
 * incomplete_expired.
 */
export const subscriptionWorkflow = entityWorkflow('subscription', {
  updates: {
    // It begins: by a call, by a quote, or by a schedule created from it.
    createSubscription: thenCharge,
    acceptQuote: thenCharge,
    createSchedule: thenCharge,
    createScheduleFromSubscription: record,
    // It is changed: an immediate bill is charged before the caller is answered.
    updateSubscription: thenCharge,
    createSubscriptionItem: thenCharge,
    updateSubscriptionItem: thenCharge,
    deleteSubscriptionItem: thenCharge,
    deleteDiscount: record,
    migrateSubscription: record,
    updateSchedule: thenCharge,
    cancelSchedule: thenCharge,
    releaseSchedule: record,
    pauseSubscription: record,
    resumeSubscription: thenCharge,
    // Its invoices, until a dunning takes one over.
    updateInvoice: thenCharge,
    finalizeInvoice: thenCharge,
    payInvoice: thenCharge,
    attachPayment: record, //            a payment that was made apart from the invoice
    sendInvoice: record,
    voidInvoice: record,
    markInvoiceUncollectible: record,
    deleteInvoice: record,
    createCreditNote: record, //        a refund that it makes has its own workflow
    voidCreditNote: record,
    // It ends.
    cancelSubscription: thenCharge,
  },
  agenda: {
    createFromSchedule: thenCharge, //   its schedule has started
    expireIncomplete: record, //         23 hours after a first charge that failed
    announceTrialEnd: record, //         three days before
    announceRenewal: record, //          some days before
    noticeCharge: record, //             its customer is told of a charge by mail
    renewSubscription: thenCharge, //    the period has ended: the next one is drafted
    finalizeDraft: thenCharge, //        an hour later
    remindOfDueDate: record, //          sent, and due some days later
    invoicePastDue: record, //           sent, and not paid by its due date
    stopCollecting: record, //           its customer was deleted
    billThreshold: thenCharge, //        usage has reached a threshold
    billPendingItems: thenCharge, //     the interval of its pending invoice items is over
    startPhase: thenCharge, //           its schedule's next phase begins
    announceScheduleEnd: record,
    endSchedule: thenCharge,
    expirePendingUpdate: record, //      a change was not paid within 23 hours
    resumeCollection: record, //         the pause of collection is over
    expireResumption: record,
    settleSubscription: record, //       derives its status from its invoices: active, past_due, unpaid, canceled
    cancelOnSchedule: thenCharge,
  },
  calls: { attemptPayment: charge },
});
