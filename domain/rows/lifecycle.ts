/**
 * The steps that each kind of workflow runs by itself, and the external calls that it may make. `workflows/<kind>.ts` must give each of
 * them its place, or the code does not compile.
 */
/** The steps that become due on an invoice. An invoice without another owner runs them in its own workflow. */
type InvoiceSteps = 'finalizeDraft' | 'remindOfDueDate' | 'invoicePastDue' | 'stopCollecting';

/** By kind, the steps that may be on its agenda. */
export interface AgendaSteps {
  subscription:
    | 'createFromSchedule'
    | 'expireIncomplete'
    | 'announceTrialEnd'
    | 'announceRenewal'
    | 'noticeCharge'
    | 'renewSubscription'
    | InvoiceSteps
    | 'billThreshold'
    | 'billPendingItems'
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
  checkout: 'completeSession' | 'settleSession' | 'expireSession';
  invoice: InvoiceSteps;
  dunning:
    | 'retryPayment'
    | 'retryWithNewMethod'
    | 'mailInRecovery'
    | 'notifyOfRecovery'
    | 'endAccess'
    | 'downgradeInRecovery'
    | 'openTask'
    | 'missTask'
    | 'followAnswer'
    | 'exhaustDunning'
    | 'stopDunning';
  payment: 'sendWaitingPayment' | 'sendWaitingCapture' | 'expireAuthorization' | 'settleDebit';
  refund: 'sendWaitingRefund' | 'settleRefund';
  dispute: 'draftEvidence' | 'answerDispute' | 'expireDispute' | 'decideDispute';
  usage: 'lookAtUsage' | 'triggerAlert' | 'billLateUsage' | 'expireCreditGrant' | 'topUpCredits' | 'holdTopUp';
  'tax-id': 'checkTaxIdAgain';
  support: 'missAnswer';
  review: 'missReview';
  'customer-request': 'missRequest';
  approval: 'missApproval';
  card: 'warnOfExpiry';
}

/** The steps that may be on the agenda of a workflow of this kind. */
export type AgendaStep<K extends keyof AgendaSteps = keyof AgendaSteps> = AgendaSteps[K];

/** By kind, the external calls. */
export interface Calls {
  subscription: 'attemptPayment';
  schedule: never;
  quote: never;
  checkout: never;
  invoice: 'attemptPayment';
  dunning: 'attemptPayment';
  payment: 'attemptPayment' | 'resolvePayment' | 'capturePayment' | 'cancelPayment';
  refund: 'sendRefund' | 'resolveRefund';
  dispute: 'submitEvidence' | 'closeDispute';
  usage: never;
  'tax-id': 'checkTaxId';
  support: never;
  review: never;
  'customer-request': never;
  approval: never;
  card: never;
}

export type CallName<K extends keyof Calls = keyof Calls> = Calls[K];
