/**
 * Every deadline of the infrastructure, in milliseconds, and how they nest: an inner wait ends well before the wait around it, so that the
 * outer one gets an answer before it runs out. test/domain/core/deadlines.test.ts checks the relations.
 */
export const DEADLINES = {
  /** Postgres stops waiting for a row that another transaction has locked. */
  lock: 2_500,
  /** Postgres ends a statement of a process that serves callers or workflows. */
  statement: 4_000,
  /** A sorted list or a search waits for its turn (`db/turns.ts`). */
  turn: 4_000,
  /** Postgres ends a transaction whose process has stopped in the middle of it, and releases its locks. */
  idleInTransaction: 5_000,
  /** Dunlin gives up a connection on which Postgres owes an answer and sends nothing. */
  silence: 5_000,
  /** A connection that Postgres has announced to end is closed. */
  closing: 1_000,
  /** A connection that is not established has failed. */
  connect: 4_000,
  /** A commit, or another local activity, answers, even if the answer is that the database is away. */
  localActivity: 6_000,
  /** How often a worker's main thread shows that it is not blocked. */
  heartbeat: 500,
  /** Planning that blocks a worker's main thread for this long will not return: its entity is held, and the worker restarts. */
  planning: 6_000,
  /** When Temporal's SDK renews the workflow task of a local activity: each renewal is an event in the history. */
  workflowTaskRenewal: 8_000,
  /** Temporal gives the workflow task to another worker. */
  workflowTask: 10_000,
  /** The commit as an ordinary activity, while the database is away. */
  queuedCommit: 20_000,
  /** Temporal gives that activity up, and retries it. */
  queuedCommitLimit: 30_000,
  /** One call to a processor. */
  processorCall: 30_000,
  /** All tries of a charge or a refund. After that its outcome counts as unknown. A caller's change waits for this. */
  processorTries: 45_000,
  /** One request to a tax provider; a calculation makes two, one after the other. */
  taxProviderRequest: 6_000,
  /** One calculation of a tax provider. */
  taxProviderCall: 13_000,
  /** All tries of a calculation. After that the provider counts as unavailable. A caller's change waits for this. */
  taxProviderTries: 20_000,
  /** One document recorded at a tax provider: a sale in portions, or one reversal for each of them. */
  taxRecordCall: 60_000,
  /** All tries of that. After that it waits for its next turn. No document and no caller waits for this. */
  taxRecordTries: 180_000,
  /** One request to a registry of tax ids. VIES itself waits for the registry of a member state. */
  registryRequest: 20_000,
  /** One question to a registry: at most three requests, one after the other (HMRC's begin with a token). */
  registryCall: 65_000,
  /** All tries. After that the registry counts as unavailable. No caller waits for this. */
  registryTries: 90_000,
  /** The mail server answers a connection, and a command. */
  mailConnect: 10_000,
  mailSilence: 20_000,
  /** All that is said to the mail server about one mail. We hang up then. */
  mailDialog: 60_000,
  /** One mail, with what is read and noted. Temporal gives its activity up then, and repeats it; until then no other try begins. */
  mailCall: 90_000,
  /** One page of another billing system with all that is on it, or a dry run. */
  importPage: 3_600_000,
  /** The heartbeat interval of a worker that reads it, and the silence after which another worker takes over. */
  importBeat: 3_000,
  importSilence: 12_000,
  /** One request to a webhook endpoint. */
  delivery: 15_000,
  /** The look-up of an endpoint's host name. */
  nameLookup: 2_000,
  /** The heartbeat interval of a delivering worker, and the silence after which another worker takes over. */
  deliveryBeat: 4_000,
  deliverySilence: 12_000,
  /** One activity starts deliveries until then; it ends well before Temporal gives it up. */
  deliveryTurn: 20_000,
  deliveryTurnLimit: 120_000,
  /** The heartbeat interval of a worker that advances a test clock, and the silence after which another worker takes over. */
  clockBeat: 3_000,
  clockSilence: 10_000,
  /** Temporal gives one turn of a test clock up. The turn itself ends after LOOK_SECONDS. */
  clockTurnLimit: 600_000,
  /** Temporal gives one month of a fill of the sandbox up. */
  fillTurn: 3_600_000,
  /** Temporal gives one step of a forecast up: a month of the copies of a batch. */
  forecastTurn: 3_600_000,
  /** How long a request owns its Idempotency-Key, and how often a working owner renews that. */
  idempotencyLease: 15_000,
  idempotencyBeat: 5_000,
  /** How long a repeated request waits for the first one. */
  idempotencyWait: 30_000,
  /** How long a stopping worker waits for running work, and when it is stopped anyway. */
  workerGrace: 5_000,
  workerStop: 10_000,
  /** How long a stopping server waits for running requests. */
  serverStop: 20_000,
  /** One part of a readiness check. Its call to Temporal ends just before. */
  readiness: 2_000,
  readinessCall: 1_900,
  /** How long a caller waits for the effects of its change in other entities. */
  settling: 3_000,
  /** How long a change waits for its turn and for its workflow's answer. */
  change: 50_000,
  /** The headers of a request have arrived, even if the client sends slowly. */
  headers: 10_000,
  /** The whole request has arrived. */
  arrival: 30_000,
  /** A read request is answered. */
  reading: 12_000,
  /** A write request is answered. Longer than a change and the waits around it. */
  writing: 58_000,
} as const;
