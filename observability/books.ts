import { Gauge, type Registry } from 'prom-client';

/** One value of a gauge. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

interface GaugeForm {
  help: string;
  labels?: string[];
}

/** The metrics of the books, by the statement that reads them. Ages in seconds; 0 if there is nothing. */
export const BOOKS = {
  overdue: {
    overdue_workflows: {
      help: 'Workflows that are due and not held, in real time and on clocks that are ready (not on advancing ones).',
      labels: ['time'],
    },
    overdue_oldest_seconds: { help: 'How long the oldest workflow in real time has been due that is not held.' },
  },
  held: {
    held_entities: { help: 'Entities that are held, by kind and reason.', labels: ['kind', 'reason'] },
    held_oldest_seconds: { help: 'How long the oldest entity has been held.' },
  },
  deliveries: {
    webhook_deliveries_pending: { help: 'Deliveries to webhook endpoints that are due and not made.' },
    webhook_delivery_lag_seconds: { help: 'How long the oldest delivery has been due.' },
  },
  payments: {
    payment_attempts_open: { help: 'Attempts to charge whose outcome is not known yet, by status.', labels: ['status'] },
    payment_attempts_unknown_oldest_seconds: {
      help: 'Age of the oldest attempt whose answer was lost, by test or live mode.',
      labels: ['livemode'],
    },
  },
  processors: {
    processors_paused: {
      help: 'Processors that are paused, by name (`all`: no money moves), by whom and mode.',
      labels: ['processor', 'paused_by', 'livemode'],
    },
    payments_waiting: { help: 'Charges, captures and refunds that wait for their processor.', labels: ['kind', 'livemode'] },
  },
  requests: {
    requests_unfinished: { help: 'Writing requests of the last ten minutes that have no answer and nobody working on them.' },
  },
  clocks: {
    test_clocks_advancing: { help: 'Test clocks that advance.' },
    test_clocks_standing_still: { help: 'Test clocks that advance and have made no progress for a minute.' },
  },
  written: {
    events_written: { help: 'Events written so far. Only grows: its rate is the rate of events.' },
    deliveries_written: { help: 'Deliveries written so far. Only grows.' },
  },
  tables: {
    table_bytes: { help: 'Size of a table with its indexes and partitions.', labels: ['table'] },
  },
  connections: {
    postgres_connections: { help: 'Connections of Dunlin to this database, by program and state.', labels: ['program', 'state'] },
    postgres_transaction_oldest_seconds: { help: 'Age of the oldest transaction of Dunlin.' },
  },
} as const satisfies Record<string, Record<string, GaugeForm>>;

export type BookName = keyof typeof BOOKS;

/** The answer of one statement: samples by the gauge's name. */
export type Figures<Name extends BookName = BookName> = Record<keyof (typeof BOOKS)[Name] & string, Sample[]>;

/** Loads each of them. */
export type BookLoaders = { [Name in BookName]: () => Promise<Figures<Name>> };

/** How long figures are reused, in milliseconds: each statement runs at most that often, however often scrapers ask. */
const FRESH_MS = 10_000;

/**
 * Gauges of the books. A gauge that cannot be read is absent, instead of showing an old value; `dunlin_books_unreadable` says which.
 *
 * @returns a function that updates them; it never throws
 */
export function registerBooks(registry: Registry, loaders: BookLoaders): () => Promise<void> {
  const unreadable = new Gauge({
    name: 'dunlin_books_unreadable',
    help: '1 where figures of the books could not be read in time, by what is missing.',
    labelNames: ['books'],
    registers: [registry],
  });
  const refreshes = (Object.keys(BOOKS) as BookName[]).map((name) => {
    const gauges = gaugesOf(registry, name);
    return atMostEvery(FRESH_MS, async () => {
      const figures = await (loaders[name] as () => Promise<Figures>)().catch(() => null);
      unreadable.set({ books: name }, figures === null ? 1 : 0);
      for (const [gauge, samples] of gauges) show(gauge, figures === null ? [] : ((figures as Record<string, Sample[]>)[samples] ?? []));
    });
  });
  return async () => {
    await Promise.all(refreshes.map((refresh) => refresh()));
  };
}

function gaugesOf(registry: Registry, name: BookName): [Gauge, string][] {
  const forms = Object.entries(BOOKS[name] as Record<string, GaugeForm>);
  return forms.map(([gauge, { help, labels = [] }]) => {
    return [new Gauge({ name: `dunlin_${gauge}`, help, labelNames: labels, registers: [registry] }), gauge];
  });
}

function show(gauge: Gauge, samples: Sample[]): void {
  gauge.reset();
  // A gauge without labels would show an unmeasured 0 after a reset.
  if (samples.length === 0) gauge.remove({});
  for (const { labels, value } of samples) gauge.set(labels, value);
}

/** Calls within the time share one result, including one that is still being computed. */
function atMostEvery(ms: number, refresh: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let freshUntil = 0;
  return () => {
    if (current !== null && performance.now() < freshUntil) return current;
    freshUntil = Infinity;
    current = refresh().finally(() => (freshUntil = performance.now() + ms));
    return current;
  };
}
