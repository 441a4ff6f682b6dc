/**
 * What each kind of workflow does by itself, and whom it may have to call. `workflows/<kind>.ts` gives each of these its place: one that
 * has none there does not compile.
 */
/** What an invoice that is nobody else's does when its time has come. */
type InvoiceSteps = 'finalizeDraft' | 'invoicePastDue' | 'stopCollecting';

/** By kind, what may be on its agenda. */
export interface AgendaSteps {
  subscription:
    | 'createFromSchedule'
    | 'expireIncomplete'
    | 'announceTrialEnd'
    | 'renewSubscription'
    | InvoiceSteps
    | 'billThreshold'
    | 'startPhase'
    | 'announceScheduleEnd'
    | 'endSchedule'
    | 'expirePendingUpdate'
    | 'resumeCollection'
    | 'expireResumption'
    | 'settleSubscription'
    | 'cancelOnSchedule';
  schedule: 'startSchedule';
  quote: 'expireQuote';
  invoice: InvoiceSteps;
  dunning: 'retryPayment' | 'retryWithNewMethod' | 'exhaustDunning' | 'stopDunning';
  payment: 'expireAuthorization';
  refund: 'settleRefund';
  dispute: 'expireDispute' | 'decideDispute';
  usage: 'lookAtUsage' | 'triggerAlert' | 'billLateUsage' | 'expireCreditGrant' | 'topUpCredits' | 'holdTopUp';
}

/** What may be on the agenda of a workflow of this kind. */
export type AgendaStep<K extends keyof AgendaSteps = keyof AgendaSteps> = AgendaSteps[K];

/** By kind, the calls that leave the building. */
export interface Calls {
  subscription: 'attemptPayment';
  schedule: never;
  quote: never;
  invoice: 'attemptPayment';
  dunning: 'attemptPayment';
  payment: 'attemptPayment' | 'resolvePayment' | 'capturePayment' | 'cancelPayment';
  refund: 'sendRefund' | 'resolveRefund';
  dispute: 'submitEvidence' | 'closeDispute';
  usage: never;
}

export type CallName<K extends keyof Calls = keyof Calls> = Calls[K];
