/**
 * The interface of the workflows for server and worker: ids, task queues, messages and their inputs. Everything that crosses is plain JSON
 * of ids and amounts. A request's parameters stay in Postgres, and the commit key finds them there.
 */
import { defineSearchAttributeKey, type UpdateDefinition } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Refusal } from '../domain/core/errors';
import type { StepFailure } from '../domain/rows/held';
import type { RemoteTaxProviderName } from '../domain/rows/tax-provider';
import type { AgendaItem, EntityRef, WorkflowKind } from '../domain/rows/workflow';

/** The input with which every entity workflow starts, and continues as new. */
export interface EntityInput extends EntityRef {
  /** Epoch seconds; virtual time on a test clock. Never goes back. */
  now: number;
  /** `message` if a change comes with the start; otherwise the workflow first refreshes its state. */
  begin: 'message' | 'refresh';
  /** The previous run ended while the entity was held, so this run starts held. */
  held?: Hold | null;
}

/** The step at which a held entity stopped. */
export interface Hold {
  step: string;
  failure: StepFailure;
  /** ISO 8601, real time. */
  since: string;
}

/**
 * A message that changes an entity. `commitKey` is the API request's id; `now` is the entity's current time (its test clock's, if it has one).
 */
export interface ChangeMessage {
  commitKey: string;
  now: number;
  /** The object of the change, if it is not the workflow's own entity: an invoice of a subscription. */
  target?: string;
}

export interface ChangeAnswer {
  refusal: Refusal | null;
  /** A bug in Dunlin prevented the change, or a call that it led to. */
  failure: StepFailure | null;
  /** Ids of the workflows whose rows the change has touched; the caller waits for their reaction. */
  woke: string[];
}

/** Each update changes the rows of one entity. Its wire name is the step's name in `commits` and in the timeline. */
const change = <Name extends string>(name: Name) => defineUpdate<ChangeAnswer, [ChangeMessage], Name>(name);

/** Any change, for code that sends it. */
export type ChangeUpdate = UpdateDefinition<ChangeAnswer, [ChangeMessage]>;

export const createSubscriptionUpdate = change('createSubscription');
export const updateSubscriptionUpdate = change('updateSubscription');
export const cancelSubscriptionUpdate = change('cancelSubscription');
export const pauseSubscriptionUpdate = change('pauseSubscription');
export const resumeSubscriptionUpdate = change('resumeSubscription');
export const createSubscriptionItemUpdate = change('createSubscriptionItem');
export const updateSubscriptionItemUpdate = change('updateSubscriptionItem');
export const deleteSubscriptionItemUpdate = change('deleteSubscriptionItem');
export const deleteDiscountUpdate = change('deleteDiscount');
export const migrateSubscriptionUpdate = change('migrateSubscription');
export const createScheduleUpdate = change('createSchedule');
export const createScheduleFromSubscriptionUpdate = change('createScheduleFromSubscription');
export const updateScheduleUpdate = change('updateSchedule');
export const cancelScheduleUpdate = change('cancelSchedule');
export const releaseScheduleUpdate = change('releaseSchedule');
export const acceptQuoteUpdate = change('acceptQuote');
export const createInvoiceUpdate = change('createInvoice');
export const finalizeInvoiceUpdate = change('finalizeInvoice');
export const payInvoiceUpdate = change('payInvoice');
export const attachPaymentUpdate = change('attachPayment');
export const sendInvoiceUpdate = change('sendInvoice');
export const voidInvoiceUpdate = change('voidInvoice');
export const markInvoiceUncollectibleUpdate = change('markInvoiceUncollectible');
export const updateInvoiceUpdate = change('updateInvoice');
export const deleteInvoiceUpdate = change('deleteInvoice');
export const createCreditNoteUpdate = change('createCreditNote');
export const voidCreditNoteUpdate = change('voidCreditNote');
export const confirmPaymentUpdate = change('confirmPayment');
export const capturePaymentUpdate = change('capturePayment');
export const cancelPaymentUpdate = change('cancelPayment');
export const finishAuthenticationUpdate = change('finishAuthentication');
export const verifyMicrodepositsUpdate = change('verifyMicrodeposits');
export const confirmSetupUpdate = change('confirmSetup');
export const cancelSetupUpdate = change('cancelSetup');
export const createRefundUpdate = change('createRefund');
export const cancelRefundUpdate = change('cancelRefund');
export const updateDisputeUpdate = change('updateDispute');
export const closeDisputeUpdate = change('closeDispute');
export const planAnswerUpdate = change('planAnswer');

const INVOICE_UPDATES = [
  finalizeInvoiceUpdate,
  payInvoiceUpdate,
  attachPaymentUpdate,
  sendInvoiceUpdate,
  voidInvoiceUpdate,
  markInvoiceUncollectibleUpdate,
  updateInvoiceUpdate,
  deleteInvoiceUpdate,
  createCreditNoteUpdate,
  voidCreditNoteUpdate,
] as const;

/** Before its start a schedule has its own workflow; after that it uses its subscription's. */
const SCHEDULE_UPDATES = [createScheduleUpdate, updateScheduleUpdate, cancelScheduleUpdate, releaseScheduleUpdate] as const;

/** The updates that each kind of workflow accepts. */
export const ENTITY_UPDATES = {
  subscription: [
    createSubscriptionUpdate,
    updateSubscriptionUpdate,
    cancelSubscriptionUpdate,
    pauseSubscriptionUpdate,
    resumeSubscriptionUpdate,
    createSubscriptionItemUpdate,
    updateSubscriptionItemUpdate,
    deleteSubscriptionItemUpdate,
    deleteDiscountUpdate,
    migrateSubscriptionUpdate,
    createScheduleFromSubscriptionUpdate,
    acceptQuoteUpdate,
    ...SCHEDULE_UPDATES,
    ...INVOICE_UPDATES,
  ],
  quote: [],
  checkout: [],
  schedule: [acceptQuoteUpdate, ...SCHEDULE_UPDATES],
  dunning: INVOICE_UPDATES,
  invoice: [createInvoiceUpdate, acceptQuoteUpdate, ...INVOICE_UPDATES],
  payment: [
    confirmPaymentUpdate,
    capturePaymentUpdate,
    cancelPaymentUpdate,
    finishAuthenticationUpdate,
    verifyMicrodepositsUpdate,
    confirmSetupUpdate,
    cancelSetupUpdate,
  ],
  refund: [createRefundUpdate, cancelRefundUpdate],
  dispute: [updateDisputeUpdate, closeDisputeUpdate, planAnswerUpdate],
  usage: [],
  'tax-id': [],
  support: [],
  review: [],
  'customer-request': [],
  approval: [],
  card: [],
} as const satisfies Record<WorkflowKind, readonly ChangeUpdate[]>;

/** The names of the updates that a kind of workflow accepts. */
export type UpdateName<K extends WorkflowKind> = (typeof ENTITY_UPDATES)[K][number]['name'];

/** Steps that create an entity. If one is refused, it leaves no rows, and the workflow ends. */
export const CREATING_STEPS: readonly string[] = ['createSubscription', 'createSchedule', 'acceptQuote', 'createInvoice', 'createRefund'];

export interface AdvanceAnswer {
  /** The entity is held: its test clock advances without it. */
  held: boolean;
}

/** A test clock's step: do everything due at `now`, and answer when nothing is due and no external call is pending. */
export const advanceUpdate = defineUpdate<AdvanceAnswer, [{ now: number }]>('advance');
/** A hint that the rows have changed; it may be lost. */
export const wakeSignal = defineSignal<[{ now: number }]>('wake');
/** Lets a held entity retry the failed step. */
export const releaseSignal = defineSignal<[{ now: number }]>('release');
/** What the workflow waits for, for readers of the Temporal UI. */
export const agendaQuery = defineQuery<{ status: string; agenda: AgendaItem[]; now: number }>('agenda');

export const WORKFLOW_TYPES: Record<WorkflowKind, string> = {
  subscription: 'subscriptionWorkflow',
  quote: 'quoteWorkflow',
  checkout: 'checkoutWorkflow',
  schedule: 'scheduleWorkflow',
  dunning: 'dunningWorkflow',
  invoice: 'invoiceWorkflow',
  payment: 'paymentWorkflow',
  refund: 'refundWorkflow',
  dispute: 'disputeWorkflow',
  usage: 'usageWorkflow',
  'tax-id': 'taxIdWorkflow',
  support: 'supportWorkflow',
  review: 'reviewWorkflow',
  'customer-request': 'customerRequestWorkflow',
  approval: 'approvalWorkflow',
  card: 'cardWorkflow',
};

/** The queue of activities that call one processor. Pausing it holds back this processor's charges, and nothing else. */
export const paymentsTaskQueue = (taskQueue: string, gateway: string): string => `${taskQueue}-payments-${gateway}`;

/** The queue of activities that call one tax provider. Pausing it holds back the finalizations that need it, and nothing else. */
export const taxTaskQueue = (taskQueue: string, provider: RemoteTaxProviderName): string => `${taskQueue}-tax-${provider}`;

/** The queue of activities that ask a registry about a tax id. Pausing it holds back verifications, and nothing else. */
export const registryTaskQueue = (taskQueue: string, registry: string): string => `${taskQueue}-registry-${registry}`;

/** Search attributes for operators in the Temporal UI. They change with the status, not with each cycle. */
export const SEARCH_ATTRIBUTES = {
  customer: defineSearchAttributeKey('DunlinCustomer', 'KEYWORD'),
  status: defineSearchAttributeKey('DunlinStatus', 'KEYWORD'),
  account: defineSearchAttributeKey('DunlinAccount', 'KEYWORD'),
  testClock: defineSearchAttributeKey('DunlinTestClock', 'KEYWORD'),
  /** Only for a held entity: the step, and the reason. */
  held: defineSearchAttributeKey('DunlinHeld', 'KEYWORD'),
} as const;

/** Input of the workflow that delivers one webhook endpoint's events. */
export interface WebhookEndpointInput {
  endpoint: string;
  account: string;
  livemode: boolean;
}

/** Input of the workflow that advances everything on one test clock. */
export interface TestClockInput {
  clock: string;
  account: string;
  livemode: boolean;
}

/** Input of the workflow that records one seller's final documents at a tax provider. */
export interface TaxRecordsInput {
  provider: RemoteTaxProviderName;
  account: string;
  livemode: boolean;
}

/** Input of the workflow that compares one day with a processor's record. `2026-11-29`, UTC. */
export interface ReconciliationInput {
  account: string;
  livemode: boolean;
  processor: string;
  day: string;
}

/** Input of the workflow that fills the sandbox. */
export interface FillInput {
  fill: string;
}

export const fillWorkflowId = (fill: string): string => `fill/${fill}`;

/** Input of the workflow that runs a forecast. */
export interface ForecastInput {
  forecast: string;
}

export const forecastWorkflowId = (forecast: string): string => `forecast/${forecast}`;

export const reconciliationWorkflowId = ({ account, livemode, processor, day }: ReconciliationInput): string =>
  `reconciliation/${account}/${livemode ? 'live' : 'test'}/${processor}/${day}`;

/** Input of the workflow that reads another billing system. */
export interface ImportInput {
  account: string;
  livemode: boolean;
  import: string;
}

/** Input of the workflow that compares one seller's shadow invoices. */
export interface ShadowComparisonInput {
  account: string;
  livemode: boolean;
}

export const shadowComparisonWorkflowId = ({ account, livemode }: ShadowComparisonInput): string =>
  `shadow-comparison/${account}/${livemode ? 'live' : 'test'}`;

/** Input of the workflow that changes who bills a customer: to Dunlin, or back. */
export interface CutoverInput {
  account: string;
  livemode: boolean;
  cutover: string;
  direction: 'back' | 'here';
}

export const cutoverWorkflowId = ({ cutover, direction }: CutoverInput): string => `cutover/${cutover}/${direction}`;

export const importWorkflowId = (id: string): string => `import/${id}`;

/** Input of the workflow that sends one seller's mails. */
export interface MailsInput {
  account: string;
  livemode: boolean;
}

/** Input of the workflow that corrects the invoices of one repair. */
export interface RepairInput {
  repair: string;
  account: string;
  livemode: boolean;
}

export const WEBHOOK_ENDPOINT_WORKFLOW = 'webhookEndpointWorkflow';
export const TEST_CLOCK_WORKFLOW = 'testClockWorkflow';
export const TAX_RECORDS_WORKFLOW = 'taxRecordsWorkflow';
export const RECONCILIATION_WORKFLOW = 'reconciliationWorkflow';
export const MAILS_WORKFLOW = 'mailsWorkflow';
export const REPAIR_WORKFLOW = 'repairWorkflow';
export const IMPORT_WORKFLOW = 'importWorkflow';
export const CUTOVER_WORKFLOW = 'cutoverWorkflow';
export const SHADOW_COMPARISON_WORKFLOW = 'shadowComparisonWorkflow';
export const FILL_WORKFLOW = 'fillWorkflow';
export const FORECAST_WORKFLOW = 'forecastWorkflow';
export const webhookEndpointWorkflowId = (endpoint: string): string => `webhook-endpoint/${endpoint}`;
export const repairWorkflowId = (repair: string): string => `repair/${repair}`;
export const testClockWorkflowId = (clock: string): string => `test-clock/${clock}`;

export const taxRecordsWorkflowId = ({ provider, account, livemode }: TaxRecordsInput): string =>
  `tax-records/${account}/${livemode ? 'live' : 'test'}/${provider}`;

export const mailsWorkflowId = ({ account, livemode }: MailsInput): string => `mails/${account}/${livemode ? 'live' : 'test'}`;

/** A hint that a delivery may be due, or that the endpoint has changed. */
export const deliverSignal = defineSignal('deliver');
/** A hint that the clock's row has a target, or that the clock is deleted. */
export const advanceSignal = defineSignal('advanceClock');

/** A hint that a document is to be recorded. */
export const recordTaxesSignal = defineSignal('recordTaxes');

/** Ends the filling of the sandbox. */
export const cancelFillSignal = defineSignal('cancelFill');

/** Ends a forecast. */
export const cancelForecastSignal = defineSignal('cancelForecast');

/** A hint that a mail is to be sent. */
export const sendMailsSignal = defineSignal('sendMails');

/** A hint that a repair has something to do. */
export const repairSignal = defineSignal('repair');

/** The queue of activities that call the mail server. Pausing it holds back mails, and nothing else. */
export const mailsTaskQueue = (taskQueue: string): string => `${taskQueue}-mails`;

/** The queue of deliveries, with its own slots, so that slow endpoints delay nothing else. */
export const webhooksTaskQueue = (taskQueue: string): string => `${taskQueue}-webhooks`;

/** The queue of advancing test clocks, with its own slots, so that commits and sweeps never wait for them. */
export const testClocksTaskQueue = (taskQueue: string): string => `${taskQueue}-test-clocks`;
