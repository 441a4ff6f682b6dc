/**
 * What server and worker know of the workflows: ids, task queues, messages and their inputs. Everything that crosses is plain
 * JSON of ids and amounts; a request's parameters stay in Postgres and are found there by the cause.
 */
import { defineSearchAttributeKey, type UpdateDefinition } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Refusal } from '../domain/core/errors';
import type { StepFailure } from '../domain/rows/held';
import type { AgendaItem, EntityRef, WorkflowKind } from '../domain/rows/workflow';

/** What every entity workflow starts (and continues as new) with. */
export interface EntityInput extends EntityRef {
  /** Epoch seconds; virtual time on a test clock. Never goes back. */
  now: number;
  /** `message` where a change comes with the start; else the workflow first looks at its rows. */
  begin: 'message' | 'refresh';
  /** The run before ended while it was held: so does this one begin. */
  held?: Hold | null;
}

/** What a held entity stands still at. */
export interface Hold {
  step: string;
  failure: StepFailure;
  /** ISO 8601, real time. */
  since: string;
}

/** A message that changes something: who asked (the request's id is the cause), and when it is for whoever is asked. */
export interface ChangeMessage {
  cause: string;
  now: number;
  /** What it is about where that is not the workflow's own subject: an invoice of a subscription. */
  target?: string;
}

export interface ChangeAnswer {
  refusal: Refusal | null;
  /** A mistake of ours kept the change, or what it led to, from being made. */
  failure: StepFailure | null;
  /** Workflow ids of those whose rows the change has touched; what they make of it is worth waiting for. */
  woke: string[];
}

/** Each changes the rows of one entity; the wire name is the step's name in `commits` and in the timeline. */
const change = <Name extends string>(name: Name) => defineUpdate<ChangeAnswer, [ChangeMessage], Name>(name);

/** Any change, for whoever sends it. */
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
export const createScheduleUpdate = change('createSchedule');
export const createScheduleFromSubscriptionUpdate = change('createScheduleFromSubscription');
export const updateScheduleUpdate = change('updateSchedule');
export const cancelScheduleUpdate = change('cancelSchedule');
export const releaseScheduleUpdate = change('releaseSchedule');
export const acceptQuoteUpdate = change('acceptQuote');
export const createInvoiceUpdate = change('createInvoice');
export const finalizeInvoiceUpdate = change('finalizeInvoice');
export const payInvoiceUpdate = change('payInvoice');
export const sendInvoiceUpdate = change('sendInvoice');
export const voidInvoiceUpdate = change('voidInvoice');
export const markInvoiceUncollectibleUpdate = change('markInvoiceUncollectible');
export const updateInvoiceUpdate = change('updateInvoice');
export const deleteInvoiceUpdate = change('deleteInvoice');
export const confirmPaymentUpdate = change('confirmPayment');
export const capturePaymentUpdate = change('capturePayment');
export const cancelPaymentUpdate = change('cancelPayment');
export const finishAuthenticationUpdate = change('finishAuthentication');
export const confirmSetupUpdate = change('confirmSetup');
export const cancelSetupUpdate = change('cancelSetup');
export const createRefundUpdate = change('createRefund');
export const cancelRefundUpdate = change('cancelRefund');
export const updateDisputeUpdate = change('updateDispute');
export const closeDisputeUpdate = change('closeDispute');

const INVOICE_UPDATES = [
  finalizeInvoiceUpdate,
  payInvoiceUpdate,
  sendInvoiceUpdate,
  voidInvoiceUpdate,
  markInvoiceUncollectibleUpdate,
  updateInvoiceUpdate,
  deleteInvoiceUpdate,
] as const;

/** Before its start a schedule has a workflow of its own; then it is its subscription's. */
const SCHEDULE_UPDATES = [createScheduleUpdate, updateScheduleUpdate, cancelScheduleUpdate, releaseScheduleUpdate] as const;

/** The changes that each kind of workflow takes. */
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
    createScheduleFromSubscriptionUpdate,
    acceptQuoteUpdate,
    ...SCHEDULE_UPDATES,
    ...INVOICE_UPDATES,
  ],
  quote: [],
  schedule: [acceptQuoteUpdate, ...SCHEDULE_UPDATES],
  dunning: INVOICE_UPDATES,
  invoice: [createInvoiceUpdate, acceptQuoteUpdate, ...INVOICE_UPDATES],
  payment: [
    confirmPaymentUpdate,
    capturePaymentUpdate,
    cancelPaymentUpdate,
    finishAuthenticationUpdate,
    confirmSetupUpdate,
    cancelSetupUpdate,
  ],
  refund: [createRefundUpdate, cancelRefundUpdate],
  dispute: [updateDisputeUpdate, closeDisputeUpdate],
  usage: [],
} as const satisfies Record<WorkflowKind, readonly ChangeUpdate[]>;

/** The names of the changes that a kind of workflow takes. */
export type UpdateName<K extends WorkflowKind> = (typeof ENTITY_UPDATES)[K][number]['name'];

/** Steps that begin an entity: refused, they leave nothing behind, and the workflow ends. */
export const CREATING_STEPS: readonly string[] = ['createSubscription', 'createSchedule', 'acceptQuote', 'createInvoice', 'createRefund'];

export interface AdvanceAnswer {
  /** It stands still by a mistake of ours: its clock goes on without it. */
  held: boolean;
}

/** A test clock's step: do all that is due at `now`, and answer when nothing due is left and nothing is outside. */
export const advanceUpdate = defineUpdate<AdvanceAnswer, [{ now: number }]>('advance');
/** A hint that the rows have changed; it may be lost. */
export const wakeSignal = defineSignal<[{ now: number }]>('wake');
/** Lets a held entity try once more what failed. */
export const releaseSignal = defineSignal<[{ now: number }]>('release');
/** What the workflow waits for, for people in the Temporal UI. */
export const agendaQuery = defineQuery<{ status: string; agenda: AgendaItem[]; now: number }>('agenda');

export const WORKFLOW_TYPES: Record<WorkflowKind, string> = {
  subscription: 'subscriptionWorkflow',
  quote: 'quoteWorkflow',
  schedule: 'scheduleWorkflow',
  dunning: 'dunningWorkflow',
  invoice: 'invoiceWorkflow',
  payment: 'paymentWorkflow',
  refund: 'refundWorkflow',
  dispute: 'disputeWorkflow',
  usage: 'usageWorkflow',
};

/** The queue of activities that call one processor: pausing it holds its charges back, and nothing else. */
export const paymentsTaskQueue = (taskQueue: string, gateway: string): string => `${taskQueue}-payments-${gateway}`;

/** What ops search by in the Temporal UI; changed with the status, not with each cycle. */
export const SEARCH_ATTRIBUTES = {
  customer: defineSearchAttributeKey('DunlinCustomer', 'KEYWORD'),
  status: defineSearchAttributeKey('DunlinStatus', 'KEYWORD'),
  account: defineSearchAttributeKey('DunlinAccount', 'KEYWORD'),
  testClock: defineSearchAttributeKey('DunlinTestClock', 'KEYWORD'),
  /** Only of an entity that is held: the step, and why. */
  held: defineSearchAttributeKey('DunlinHeld', 'KEYWORD'),
} as const;

/** Delivers one webhook endpoint's events. */
export interface WebhookEndpointInput {
  endpoint: string;
  account: string;
  livemode: boolean;
}

/** Moves one test clock over every workflow on it. */
export interface TestClockInput {
  clock: string;
  account: string;
  livemode: boolean;
}

export const WEBHOOK_ENDPOINT_WORKFLOW = 'webhookEndpointWorkflow';
export const TEST_CLOCK_WORKFLOW = 'testClockWorkflow';
export const webhookEndpointWorkflowId = (endpoint: string): string => `webhook-endpoint/${endpoint}`;
export const testClockWorkflowId = (clock: string): string => `test-clock/${clock}`;

/** A hint that there may be something to deliver, or that the endpoint has changed. */
export const deliverSignal = defineSignal('deliver');
/** A hint that the clock's row says where to go, or that the clock is deleted. */
export const advanceSignal = defineSignal('advanceClock');

/** The queue of deliveries, with slots of its own: endpoints that are slow hold nothing else back. */
export const webhooksTaskQueue = (taskQueue: string): string => `${taskQueue}-webhooks`;

/** The queue on which test clocks move, with slots of its own: however many do, commits and sweeps of others do not wait for one. */
export const testClocksTaskQueue = (taskQueue: string): string => `${taskQueue}-test-clocks`;
