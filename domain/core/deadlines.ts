/**
 * Every deadline of the machinery, in milliseconds, and how they nest: what waits inside ends well before what waits around it, so
 * that the outer one always gets an answer instead of running out itself. test/domain/deadlines.test.ts holds the relations.
 */
export const DEADLINES = {
  /** Postgres gives up waiting for a row that another transaction has locked. */
  lock: 2_500,
  /** Postgres ends a statement of a process that serves people or workflows. */
  statement: 4_000,
  /** Postgres ends a transaction whose process has stopped in the middle of it, and frees what it has locked. */
  idleInTransaction: 5_000,
  /** A connection on which Postgres owes an answer and sends nothing is given up. */
  silence: 5_000,
  /** A connection that Postgres has said to end is closed by then. */
  closing: 1_000,
  /** A connection that is not established by then has failed. */
  connect: 4_000,
  /** A commit, or another local activity, answers by then, if only that the database is away. */
  localActivity: 6_000,
  /** How often a worker's main thread shows that it is not blocked. */
  heartbeat: 500,
  /** Planning that keeps a worker's main thread for so long does not come back: its entity is held, and the worker starts anew. */
  planning: 6_000,
  /** When Temporal's SDK renews the workflow task of a local activity: each renewal is an event in the history. */
  workflowTaskRenewal: 8_000,
  /** Temporal gives the workflow task to another worker. */
  workflowTask: 10_000,
  /** The same commit as an ordinary activity, while the database is away. */
  queuedCommit: 20_000,
  /** Temporal gives that activity up, and asks again. */
  queuedCommitLimit: 30_000,
  /** One call to a processor. */
  processorCall: 30_000,
  /** All tries of a charge or a refund; then its outcome counts as unknown. A caller's change waits for that. */
  processorTries: 45_000,
  /** One request to a webhook endpoint. */
  delivery: 15_000,
  /** A name of an endpoint is looked up by then. */
  nameLookup: 2_000,
  /** How often a worker that delivers says so, and after which silence another one does it. */
  deliveryBeat: 4_000,
  deliverySilence: 12_000,
  /** Deliveries that have begun by then are all that one activity makes; it ends well before Temporal gives it up. */
  deliveryTurn: 20_000,
  deliveryTurnLimit: 120_000,
  /** How often a worker that moves a test clock says so, and after which silence another one does it. */
  clockBeat: 3_000,
  clockSilence: 10_000,
  /** One turn of a test clock ends by itself after LOOK_SECONDS; Temporal gives it up after this. */
  clockTurnLimit: 600_000,
  /** A request under an Idempotency-Key is its holder's for so long, and how often a holder that is at work says so. */
  idempotencyLease: 15_000,
  idempotencyBeat: 5_000,
  /** How long the same request waits for the one that is at work. */
  idempotencyWait: 30_000,
  /** A worker that stops waits so long for what is at work, and is then stopped all the same. */
  workerGrace: 5_000,
  workerStop: 10_000,
  /** A server that stops waits so long for requests that are under way. */
  serverStop: 20_000,
  /** One part of a readiness check answers by then; what it asks of Temporal ends just before. */
  readiness: 2_000,
  readinessCall: 1_900,
  /** How long a caller waits for what its change has caused in other entities. */
  settling: 3_000,
  /** How long a change waits for its turn and for its workflow's answer. */
  change: 50_000,
  /** The headers of a request have arrived by then, however slowly they are sent. */
  headers: 10_000,
  /** All of a request has arrived by then. */
  arrival: 30_000,
  /** A request that reads is answered by then. */
  reading: 12_000,
  /** A request that writes is answered by then. Longer than a change and what it waits for around it. */
  writing: 58_000,
} as const;
