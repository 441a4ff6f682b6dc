/** Describes planned steps in words of billing, for the timeline and for the Temporal UI's timers. */
import type { AgendaStep } from '../rows/lifecycle';
import type { AgendaItem } from '../rows/workflow';

/** In UTC. Midnight is only the date: `2026-03-08`, `2026-03-08T09:30:00Z`. */
export function dateOf(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000Z', 'Z').replace('T00:00:00Z', '');
}

type Described = Pick<AgendaItem, 'key' | 'target' | 'place' | 'amount' | 'waitsFor'>;
type Words = (item: Described) => string;

/** What will happen, without its time. For an unknown step of another version of Dunlin, the words of the step's name. */
export function plannedWords(item: Described & { step: string }): string {
  return wordsByStep.get(item.step)?.(item) ?? item.step.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const invoice = ({ target }: Described): string => (target === undefined ? 'the invoice' : `invoice ${target}`);
const askedAgain = ({ waitsFor }: Described): string => (waitsFor === 'tax' ? 'the tax provider is asked again: ' : '');
const comma = ({ amount }: Described): string => (amount === undefined ? '' : `, ${amount}`);

const WORDS: Record<AgendaStep, Words> = {
  createFromSchedule: () => 'the schedule starts: the subscription begins',
  expireIncomplete: () => 'the first payment has not come: the subscription expires',
  announceTrialEnd: () => 'the end of the trial is announced',
  announceRenewal: () => 'the renewal is announced',
  warnOfExpiry: () => 'the customer is told by mail that the card expires',
  noticeCharge: () => 'the customer is told of the charge by mail',
  renewSubscription: (item) => `the period ends: the next invoice is drafted${comma(item)}`,
  finalizeDraft: (item) => `${askedAgain(item)}${invoice(item)} is finalized and collected${comma(item)}`,
  remindOfDueDate: (item) => `${invoice(item)} will be due: the seller is told${comma(item)}`,
  invoicePastDue: (item) => `${invoice(item)} is past due${comma(item)}`,
  stopCollecting: (item) => `${invoice(item)} is not collected any more: its customer was deleted`,
  billThreshold: () => 'usage has come to the billing threshold: it is billed',
  billPendingItems: () => 'invoice items that wait are billed',
  startPhase: () => 'the next phase of the schedule begins',
  announceScheduleEnd: () => 'the end of the schedule is announced',
  endSchedule: () => 'the schedule ends',
  expirePendingUpdate: () => 'the pending update is not paid: it is given up',
  resumeCollection: () => 'the pause of collection ends',
  expireResumption: (item) => `${invoice(item)} is not paid: the resumption is given up`,
  settleSubscription: () => 'the status follows the invoices',
  cancelOnSchedule: () => 'the subscription is canceled',
  startSchedule: () => 'the schedule starts',
  expireQuote: () => 'the quote expires',
  completeSession: () => 'the checkout is paid: it is complete',
  expireSession: () => 'the checkout expires',
  retryPayment: (item) => `retry ${item.place ?? item.key.split('/')[1] ?? ''}: the card is charged again${comma(item)}`,
  retryWithNewMethod: (item) => `the new card is charged${comma(item)}`,
  mailInRecovery: (item) => `the customer is told by mail that the invoice is unpaid${comma(item)}`,
  endAccess: (item) => `the subscription gives no access any more${comma(item)}`,
  downgradeInRecovery: (item) => `the subscription gets the price ${item.target ?? 'of the program'}`,
  openTask: (item) => `a person is asked${comma(item)}`,
  missTask: () => 'nobody has answered the task: its default counts',
  followAnswer: () => 'a person has answered: the recovery follows it',
  notifyOfRecovery: (item) => `the seller is told how far the recovery is${comma(item)}`,
  exhaustDunning: () => 'the last step has failed: the recovery gives up',
  stopDunning: () => 'nothing is left to collect: the recovery stops',
  sendWaitingPayment: () => 'the charge that has waited for its processor is sent',
  sendWaitingCapture: () => 'the capture that has waited for its processor is sent',
  sendWaitingRefund: () => 'the refund that has waited for its processor is sent',
  expireAuthorization: () => 'the authorization lapses, uncaptured',
  settleDebit: () => 'the bank decides the debit',
  settleSession: () => 'the bank has decided the payment of the checkout',
  settleRefund: () => 'the bank settles the refund',
  draftEvidence: () => 'the evidence of the dispute is drafted',
  answerDispute: () => "nobody has answered the dispute: the account's policy does",
  expireDispute: () => 'the evidence is due: without it the dispute is lost',
  decideDispute: () => 'the bank decides the dispute',
  lookAtUsage: () => 'usage that was sent ahead counts',
  triggerAlert: ({ target = 'the alert' }) => `${target} is triggered`,
  billLateUsage: () => 'usage that came late is billed',
  expireCreditGrant: ({ target = 'the credit' }) => `${target} expires`,
  topUpCredits: () => 'too little credit is left: more is bought',
  checkTaxIdAgain: () => 'the registry is asked about the tax id again',
  missReview: () => 'the review is to be decided: after that the default is done',
  missRequest: () => 'the customer request is to be answered: after that its owner is told',
  missApproval: () => 'a person is to approve the call of an agent: after that it is refused',
  missAnswer: () => 'the question is to be answered: after that it is passed on',
  holdTopUp: () => 'the limit of the month is reached: no credit is bought',
};

const wordsByStep = new Map<string, Words>(Object.entries(WORDS));

export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
