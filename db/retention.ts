/**
 * What is kept, and for how long. Each table is in one of the lists below, and housekeeping removes older rows. Ages are real time, also on
 * a test clock. `npm run retention` writes them to docs/retention.md; tests compare both with the tables of the database.
 */
import type { TransactionSql } from './connect';
import { pruneFileContents } from './files';
import { dropEventWeek, pruneOtherEvents } from './webhooks/event-weeks';
import { emptyDeclarations, emptyDisputes, emptyMandates } from './erasures';
import { dropPartitionsBefore } from './metering/meter-events';
import {
  pruneAuditEntries,
  pruneCommits,
  pruneConfirmationTokens,
  pruneCustomerSessions,
  pruneFraudDecisions,
  pruneLoginMails,
  pruneMails,
  prunePaymentEvaluations,
  prunePortalLogins,
  prunePortalSessions,
  pruneEnded,
  pruneHeld,
  pruneListedValues,
  pruneLocationEvidence,
  pruneTaxCalculations,
  pruneFinishedRequests,
  pruneProcessorEvents,
  pruneAgentAmounts,
  pruneSandboxOperations,
  pruneLoginAttempts,
  pruneUserLinks,
  pruneUserSessions,
  pruneUnfinishedRequests,
} from './prune';

/** Operators' settings. Days; null keeps forever. */
export interface Keep {
  eventDays: number;
  meterEventDays: number | null;
}

export const KEEP_DEFAULT: Keep = { eventDays: 30, meterEventDays: null };

/** The most rows that one transaction removes: it takes tens of milliseconds. */
export const PORTION = 2_000;
/** Each has megabytes. */
const FILES_AT_ONCE = 50;

export interface Retention {
  kind: string;
  /** Tables whose rows are removed. */
  tables: readonly string[];
  /** Tables whose rows stay, without what they say of a person. */
  emptied?: readonly string[];
  /** Days; a function if operators choose. Null keeps forever. */
  days: number | ((keep: Keep) => number | null);
  /** The variable with which operators choose. */
  variable?: 'EVENTS_KEEP_DAYS' | 'METER_EVENTS_KEEP_DAYS';
  /** The event from which the days count. */
  since: string;
  why: string;
  /** Removes, or empties, one portion of rows older than `days`, and returns whether there may be more. */
  prune: (tx: TransactionSql, days: number) => Promise<boolean>;
}

async function pruneMeterEvents(tx: TransactionSql, days: number): Promise<boolean> {
  await dropPartitionsBefore(tx, Math.floor(Date.now() / 1000) - days * 86_400);
  return false;
}

const filled = async (removed: Promise<number>, portion = PORTION): Promise<boolean> => (await removed) >= portion;

export const RETENTION: readonly Retention[] = [
  {
    kind: 'answered requests',
    tables: ['requests'],
    days: 2,
    since: 'the answer',
    why: 'As on Stripe, an Idempotency-Key is valid for at least a day.',
    prune: (tx, days) => filled(pruneFinishedRequests(tx, days, PORTION)),
  },
  {
    kind: 'unanswered requests',
    tables: ['requests'],
    days: 30,
    since: 'the request',
    why: 'A delayed workflow may still read the parameters. A change that it reaches later is refused once.',
    prune: (tx, days) => filled(pruneUnfinishedRequests(tx, days, PORTION)),
  },
  {
    kind: 'events and their deliveries',
    tables: ['events', 'deliveries', 'delivery_attempts'],
    days: (keep) => keep.eventDays,
    variable: 'EVENTS_KEEP_DAYS',
    since: 'the event was written',
    why: 'Stripe lists events for as long. They are removed by the week, and only when nothing of that week is pending, so they may stay up to a week longer.',
    prune: dropEventWeek,
  },
  {
    kind: 'events of a week without a partition',
    tables: ['events_other', 'deliveries_other', 'delivery_attempts_other'],
    days: (keep) => keep.eventDays,
    variable: 'EVENTS_KEEP_DAYS',
    since: 'the event was written',
    why: 'If no worker has run for a month, no worker has made the partition.',
    prune: async (tx, days) => (await pruneOtherEvents(tx, days, PORTION)) > 0,
  },
  {
    kind: 'workflows that have ended for good, with their commits',
    tables: ['workflows', 'commits'],
    days: 90,
    since: 'the end',
    why: 'You can read the timeline for a while after the end. Workflows of invoices, payments and usage may start again, so their rows stay.',
    prune: (tx, days) => pruneEnded(tx, days, PORTION),
  },
  {
    kind: 'commits of all other workflows',
    tables: ['commits'],
    days: 400,
    since: 'the commit',
    why: 'The timeline covers more than a year. No commit key repeats that late: steps are numbered, and requests are removed long before.',
    prune: (tx, days) => filled(pruneCommits(tx, days, PORTION)),
  },
  {
    kind: 'held entities whose workflow has ended since',
    tables: ['held'],
    days: 0,
    since: 'the end',
    why: 'Operators have nothing left to release.',
    prune: (tx) => filled(pruneHeld(tx, PORTION)),
  },
  {
    kind: "the sandbox processor's memory",
    tables: ['sandbox_operations'],
    days: 400,
    since: 'the operation',
    why: 'A refund of a test charge looks up its card here.',
    prune: (tx, days) => filled(pruneSandboxOperations(tx, days, PORTION)),
  },
  {
    kind: 'what agents have moved without a person',
    tables: ['agent_amounts'],
    days: 2,
    since: 'the call',
    why: 'The limit of a day looks back one day.',
    prune: (tx, days) => filled(pruneAgentAmounts(tx, days, PORTION)),
  },
  {
    kind: 'events of processors',
    tables: ['processor_events'],
    days: 90,
    since: 'the first time that it was sent',
    why: 'Stripe sends an event again for three days, and by hand for thirty.',
    prune: (tx, days) => filled(pruneProcessorEvents(tx, days, PORTION)),
  },
  {
    kind: 'evidence of customers’ locations',
    tables: ['location_evidence'],
    days: 3_653,
    since: 'the invoice became final',
    why: 'Sellers in the European Union keep it for ten years (Implementing Regulation 282/2011, art. 63c). It has IP addresses, so not longer.',
    prune: (tx, days) => filled(pruneLocationEvidence(tx, days, PORTION)),
  },
  {
    kind: 'tax calculations by request',
    tables: ['requested_tax_calculations'],
    days: 90,
    since: 'the calculation',
    why: 'As on Stripe, they expire after 90 days.',
    prune: (tx, days) => filled(pruneTaxCalculations(tx, days, PORTION)),
  },
  {
    kind: 'confirmation tokens',
    tables: ['confirmation_tokens'],
    days: 2,
    since: 'the token was made',
    why: 'They expire after half a day.',
    prune: (tx, days) => filled(pruneConfirmationTokens(tx, days, PORTION)),
  },
  {
    kind: 'customer sessions',
    tables: ['customer_sessions'],
    days: 2,
    since: 'the session was made',
    why: 'They expire after half an hour.',
    prune: (tx, days) => filled(pruneCustomerSessions(tx, days, PORTION)),
  },
  {
    kind: 'fraud decisions',
    tables: ['fraud_decisions'],
    days: 400,
    since: 'the decision',
    why: 'A year of them shows what a rule does. They have e-mail addresses, so not longer.',
    prune: (tx, days) => filled(pruneFraudDecisions(tx, days, PORTION)),
  },
  {
    kind: 'evaluations of payments that others make',
    tables: ['payment_evaluations'],
    days: 400,
    since: 'the evaluation',
    why: 'As fraud decisions.',
    prune: (tx, days) => filled(prunePaymentEvaluations(tx, days, PORTION)),
  },
  {
    kind: 'sessions of the customer portal',
    tables: ['portal_sessions'],
    days: 30,
    since: 'the expiry',
    why: 'Until then, an address that has expired says so.',
    prune: (tx, days) => filled(prunePortalSessions(tx, days, PORTION)),
  },
  {
    kind: 'contents of files',
    tables: ['file_contents'],
    days: 1,
    since: 'the upload, if no file has them or its time is over',
    why: 'As on Stripe, evidence stays for 270 days and signatures for 7. A broken upload leaves bytes behind.',
    prune: (tx, days) => filled(pruneFileContents(tx, days, FILES_AT_ONCE), FILES_AT_ONCE),
  },
  {
    kind: 'the audit log',
    tables: ['audit_entries'],
    days: 731,
    since: 'the request',
    why: 'Auditors ask for the last financial year. Longer ones are exported as CSV.',
    prune: (tx, days) => filled(pruneAuditEntries(tx, days, PORTION)),
  },
  {
    kind: 'sessions of the console',
    tables: ['user_sessions'],
    days: 90,
    since: 'the expiry',
    why: 'They say who was logged in, and from where.',
    prune: (tx, days) => filled(pruneUserSessions(tx, days, PORTION)),
  },
  {
    kind: 'links by which users set a password',
    tables: ['user_links'],
    days: 1,
    since: 'the expiry',
    why: 'A link that has expired and one that never was are answered alike.',
    prune: (tx, days) => filled(pruneUserLinks(tx, days, PORTION)),
  },
  {
    kind: 'logins to the console that have begun',
    tables: ['login_attempts'],
    days: 0,
    since: 'the expiry',
    why: 'A login that is too old and one that never began are answered alike.',
    prune: (tx, days) => filled(pruneLoginAttempts(tx, days, PORTION)),
  },
  {
    kind: 'links to the portal by mail',
    tables: ['portal_logins'],
    days: 30,
    since: 'the expiry',
    why: 'Until then, an address that has expired says so.',
    prune: (tx, days) => filled(prunePortalLogins(tx, days, PORTION)),
  },
  {
    kind: 'mails with links to log in',
    tables: ['mails'],
    days: 30,
    since: 'the mail was written',
    why: 'They prove nothing, and their links work for minutes.',
    prune: (tx, days) => filled(pruneLoginMails(tx, days, PORTION)),
  },
  {
    kind: 'all other mails',
    tables: ['mails'],
    days: 1_461,
    since: 'the mail was written, and a year after the customer’s last subscription',
    why: 'They prove that the customer was told. California asks for three years, or one year after the end of the contract if that is longer (Business and Professions Code § 17602).',
    prune: (tx, days) => filled(pruneMails(tx, days, PORTION)),
  },
  {
    kind: 'values taken off fraud lists',
    tables: ['value_list_items'],
    days: 0,
    since: 'the value or its list was deleted',
    why: 'A rule that has decided by one keeps what it saw in its decision.',
    prune: (tx) => filled(pruneListedValues(tx, PORTION)),
  },
  {
    kind: 'IP address and browser in mandates of erased persons',
    tables: [],
    emptied: ['mandates'],
    days: 400,
    since: 'the erasure',
    why: 'A debit without a mandate can be contested for 13 months (Directive 2015/2366, art. 71), and an erasure ends the debits.',
    prune: (tx, days) => filled(emptyMandates(tx, days, PORTION)),
  },
  {
    kind: 'evidence in disputes of erased persons',
    tables: [],
    emptied: ['disputes'],
    days: 540,
    since: 'the erasure, if the dispute is decided',
    why: 'The networks take disputes for up to 540 days after a charge.',
    prune: (tx, days) => filled(emptyDisputes(tx, days, PORTION)),
  },
  {
    kind: 'declarations of erased persons',
    tables: [],
    emptied: ['customer_requests'],
    days: 1_461,
    since: 'the erasure',
    why: 'Claims from a contract lapse three years after the end of the year in most countries of Europe (Germany: BGB § 195, § 199).',
    prune: (tx, days) => filled(emptyDeclarations(tx, days, PORTION)),
  },
  {
    kind: 'meter events',
    tables: ['meter_events'],
    days: (keep) => keep.meterEventDays,
    variable: 'METER_EVENTS_KEEP_DAYS',
    since: 'the receipt',
    why: 'Usage billed to the second is recounted from events. Whole months are removed; roll-ups stay.',
    prune: pruneMeterEvents,
  },
];
