import { DEADLINES } from '../../../domain/core/deadlines';
import { LOOK_SECONDS } from '../../../domain/test-clock/rules';
import { LOCAL, PROCESSOR, PROCESSOR_UNTIL_KNOWN, QUEUED, TAX_PROVIDER, TAX_PROVIDER_ONCE } from '../../../workflows/activity-options';
import { production, textOf } from '../../architecture/repository';

type Deadline = keyof typeof DEADLINES;

describe('an inner wait ends before the wait around it', () => {
  const nested: [inner: Deadline, outer: Deadline, why: string][] = [
    ['lock', 'statement', 'who waits for a row is told so, and not that its statement was slow'],
    ['statement', 'idleInTransaction', 'a transaction is given up when its process is stopped, not while a statement of it runs'],
    ['statement', 'silence', 'a slow statement is ended by Postgres, and its connection is kept'],
    ['statement', 'localActivity', 'a commit says that the database is slow'],
    ['connect', 'localActivity', 'a commit says that the database is away'],
    ['silence', 'localActivity', 'a commit says that the database hangs'],
    ['idleInTransaction', 'localActivity', 'what a stopped worker has locked is free for the next try'],
    ['localActivity', 'workflowTaskRenewal', 'an outage leaves no event of a renewed workflow task'],
    ['workflowTaskRenewal', 'workflowTask', 'a workflow task is renewed before it is another worker’s'],
    ['planning', 'workflowTask', 'planning that is stuck is held before another worker begins it'],
    ['localActivity', 'queuedCommit', 'an ordinary activity has more patience'],
    ['queuedCommit', 'queuedCommitLimit', 'an ordinary activity answers by itself as well'],
    ['nameLookup', 'delivery', 'an endpoint whose name is not found is told apart from one that does not answer'],
    ['readinessCall', 'readiness', 'a check says what Temporal said, and not that it took too long'],
    ['readiness', 'statement', 'whether the database answers is known before a statement gives up'],
    ['lock', 'settling', 'a caller waits for one that waits for a row'],
    ['turn', 'reading', 'a sorted list that finds no turn is answered as such'],
    ['silence', 'reading', 'a request that reads says that the database hangs'],
    ['processorCall', 'processorTries', 'a call that hangs is followed by another try'],
    ['processorTries', 'change', 'a caller is answered that the outcome of its charge is unknown'],
    ['registryRequest', 'registryCall', 'a registry that hangs is told apart from a worker that has died'],
    ['registryCall', 'registryTries', 'a call that hangs is followed by another try'],
    ['taxProviderCall', 'taxProviderTries', 'a call that hangs is followed by another try'],
    ['taxProviderRequest', 'taxRecordCall', 'a provider that hangs is told apart from a worker that has died'],
    ['taxRecordCall', 'taxRecordTries', 'a call that hangs is followed by another try'],
    ['taxProviderTries', 'change', 'a caller is answered that the tax provider is unavailable'],
    ['change', 'writing', 'a change that found no turn is answered as such'],
    ['delivery', 'deliveryTurn', 'an endpoint that hangs is one delivery of a turn, not all of it'],
    ['deliveryTurn', 'deliveryTurnLimit', 'a turn ends by itself'],
    ['idempotencyBeat', 'idempotencyLease', 'a holder that is at work keeps its key'],
    ['idempotencyLease', 'idempotencyWait', 'a key whose holder has died is free for who waits'],
    ['idempotencyWait', 'writing', 'a repeated request is answered that the first one is at work'],
    ['workerGrace', 'workerStop', 'what is at work may end'],
    ['localActivity', 'workerStop', 'a commit ends before its worker is stopped'],
  ];

  it.each(nested)('%s < %s: %s', (inner, outer) => {
    expect(DEADLINES[inner]).toBeLessThan(DEADLINES[outer]);
  });

  const fits = (parts: number[], around: number): void => {
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(around);
  };

  it('a write request has time for its change, the effects of that, and reading its answer', () => {
    fits([DEADLINES.change, DEADLINES.settling, DEADLINES.statement], DEADLINES.writing);
  });

  it('a read request has time for a connection, a slow statement, and another statement', () => {
    fits([DEADLINES.connect, DEADLINES.statement, DEADLINES.statement], DEADLINES.reading);
  });

  it('the last delivery of a turn ends within the limit of the turn', () => {
    fits([DEADLINES.deliveryTurn, DEADLINES.delivery, 2 * DEADLINES.statement], DEADLINES.deliveryTurnLimit);
  });

  it('a calculation of a tax provider has time for its two requests', () => {
    fits([2 * DEADLINES.taxProviderRequest], DEADLINES.taxProviderCall);
  });

  it('a turn of a test clock ends within its limit', () => {
    fits([LOOK_SECONDS * 1_000, DEADLINES.change], DEADLINES.clockTurnLimit);
  });

  it('four heartbeats may be late before planning counts as stuck', () => {
    fits([4 * DEADLINES.heartbeat], DEADLINES.planning - 1);
  });

  it.each([
    [DEADLINES.deliveryBeat, DEADLINES.deliverySilence],
    [DEADLINES.clockBeat, DEADLINES.clockSilence],
    [DEADLINES.idempotencyBeat, DEADLINES.idempotencyLease],
  ])('two of three heartbeats may be lost: %d in %d', (beat, silence) => {
    fits([3 * beat], silence);
  });

  it('a queued commit lasts long enough to notice that the connection is dead', () => {
    fits([DEADLINES.connect, DEADLINES.silence, DEADLINES.statement], DEADLINES.queuedCommit);
  });
});

describe('options of activities', () => {
  it('a local activity answers long before Temporal ends it, and is tried once', () => {
    expect(LOCAL).toEqual({ startToCloseTimeout: '1 hour', retry: { maximumAttempts: 1 } });
  });

  it('a queued commit answers before Temporal ends it, and is retried without end', () => {
    expect(QUEUED.startToCloseTimeout).toBe(DEADLINES.queuedCommitLimit);
    expect([QUEUED.retry?.maximumAttempts, QUEUED.scheduleToCloseTimeout]).toEqual([undefined, undefined]);
  });

  it('a charge is tried for a bounded time, and its outcome is queried without end', () => {
    expect([PROCESSOR.startToCloseTimeout, PROCESSOR.scheduleToCloseTimeout]).toEqual([DEADLINES.processorCall, DEADLINES.processorTries]);
    expect(PROCESSOR_UNTIL_KNOWN).toEqual({
      startToCloseTimeout: DEADLINES.processorCall,
      retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
    });
  });

  it('a tax provider is asked for a bounded time, and only once for a draft that is tried again anyway', () => {
    const { taxProviderCall: startToCloseTimeout, taxProviderTries: scheduleToCloseTimeout } = DEADLINES;
    const retry = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 4 };
    expect(TAX_PROVIDER).toEqual({ startToCloseTimeout, scheduleToCloseTimeout, retry });
    expect(TAX_PROVIDER_ONCE).toEqual({ startToCloseTimeout, scheduleToCloseTimeout, retry: { maximumAttempts: 1 } });
  });
});

/** A length of time that is written out: a named number of milliseconds, a duration as Temporal and Postgres read it, a timer's delay. */
const LITERALS = [
  /\b\w*(?:_MS|Ms)\b(?:: \w+)? = [\d_]{3,}/g,
  /'\d+ (?:millisecond|second|minute|hour|day)s?'/g,
  /\b(?:AbortSignal\.timeout|sleep)\([\d_]{3,}\)/g,
  /\b(?:setTimeout|setInterval)\([^;]*, [\d_]{3,}\)/g,
  /\b\w*[tT]imeout\w*: [\d_]+/g,
];

const literalsIn = (name: string, text: string): string[] =>
  LITERALS.flatMap((pattern) => text.match(pattern) ?? []).map((literal) => `${name}: ${literal}`);

/** Durations that end nothing: no caller waits for an answer inside them. */
const NO_DEADLINES: Record<string, string[]> = {
  'how often something is checked, or reported': [
    'activities/clock-advance.ts: WATCH_MS = 400',
    'activities/forecasts.ts: LOOK_EVERY_MS = 400',
    'activities/webhooks.ts: LOOK_AGAIN_MS = 250',
    'server/http-server.ts: LOOK_EVERY_MS = 2_000',
    'server/main.ts: MINUTE_MS = 60_000',
    'server/middleware/failed-keys.ts: WINDOW_MS = 60_000',
    'server/checkout/visits.ts: DAY_MS = 86_400_000',
    'server/experiments/visitors.ts: DAY_MS = 86_400_000',
    'server/middleware/known-keys.ts: KNOWN_MS = 30_000',
    'server/middleware/limit-visitors.ts: WINDOW_MS = 60_000',
    'server/middleware/limit.ts: WINDOW_MS = 1_000',
    'temporal/hints.ts: INTERVAL_MS = 100',
    'temporal/hints.ts: REST_MS = 1_000',
    'temporal/sweep.ts: EVERY_MS = 20_000',
    'worker/housekeeping.ts: EVERY_MS = 60_000',
    'worker/operators.ts: TEMPORAL_METRICS_MS = 1_000',
    "db/sweep.ts: '1 minute'",
    "db/sweep.ts: '1 second'",
  ],
  'pauses before something is done again': [
    'activities/clock-steps.ts: MOMENT_MS = 1_000',
    'activities/clock-steps.ts: PAUSE_MS = 300',
    'activities/webhooks.ts: LINGER_MS = 1_500',
    'worker/search-attributes.ts: sleep(250)',
    "workflows/activity-options.ts: '1 second'",
    "workflows/activity-options.ts: '10 minutes'",
    "workflows/activity-options.ts: '10 seconds'",
    "workflows/activity-options.ts: '15 seconds'",
    "workflows/activity-options.ts: '500 milliseconds'",
    'workflows/commit.ts: TAX_PAUSE_MS = 1000',
    'workflows/entity.ts: BACK_OFF_MAX_MS = 300_000',
    'workflows/entity.ts: BACK_OFF_MS = 100',
    "workflows/fill.ts: '1 second'",
    "workflows/fill.ts: '20 seconds'",
    "workflows/forecast.ts: '1 second'",
    "workflows/forecast.ts: '20 seconds'",
    "workflows/test-clock.ts: '20 seconds'",
    "workflows/test-clock.ts: '500 milliseconds'",
    "workflows/webhook-endpoint.ts: '1 minute'",
    "workflows/webhook-endpoint.ts: '1 second'",
    'workflows/webhook-endpoint.ts: TOGETHER_MS = 1_000',
  ],
  'how long something is kept, or counts': [
    "db/sandbox.ts: '1 second'",
    "db/sandbox.ts: '8 days'",
    "db/webhooks/deliveries.ts: '1 hour'",
    "db/webhooks/event-weeks.ts: '7 days'",
    'worker/search-attributes.ts: dayMs = 86_400_000',
  ],
  'of a process that starts or ends, without an outer wait': [
    'db/side-connection.ts: timeout: 0',
    'server/main.ts: timeout: 5',
    'worker/main.ts: timeout: 2',
    'worker/search-attributes.ts: patienceMs = 90_000',
  ],
  'never what ends it: a local activity answers by itself': ["workflows/activity-options.ts: '1 hour'"],
};

describe('no other file has its own deadline', () => {
  const layers = /^(workflows|temporal|server|db|activities|worker|webhooks)\//;

  it('other numbers in milliseconds are no deadlines, each with a reason', () => {
    const found = production.filter((name) => layers.test(name)).flatMap((name) => literalsIn(name, textOf(name)));
    expect([...new Set(found)].sort()).toEqual(Object.values(NO_DEADLINES).flat().sort());
  });

  it.each([
    "startToCloseTimeout: '30 seconds'",
    'const WAIT_MS = 30_000;',
    'AbortSignal.timeout(5000)',
    'setTimeout(() => socket.destroy(), 5_000)',
    'connectTimeout: 5_000',
    "const LEASE = '15 seconds';",
  ])('a deadline elsewhere is found: %s', (line) => {
    expect(literalsIn('server/x.ts', line)).not.toEqual([]);
  });
});
