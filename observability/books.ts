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

/** What is read of the books when somebody looks, by the statement that reads it. Ages in seconds; 0 where there is nothing. */
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

/** What one statement answers: samples by the gauge's name. */
export type Figures<Name extends BookName = BookName> = Record<keyof (typeof BOOKS)[Name] & string, Sample[]>;

/** How each of them is read. */
export type BookLoaders = { [Name in BookName]: () => Promise<Figures<Name>> };

/** How long figures are shown again, in milliseconds: however often somebody looks, each statement runs that often at most. */
const FRESH_MS = 10_000;

/**
 * Gauges of the books. Those that cannot be read vanish, rather than stand where they stood; `dunlin_books_unreadable` says which.
 *
 * @returns brings them up to date; never throws
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
  // A gauge without labels shows a 0 after a reset that nobody has measured.
  if (samples.length === 0) gauge.remove({});
  for (const { labels, value } of samples) gauge.set(labels, value);
}

/** The same question asked again within the time gets the same answer, one that is under way included. */
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
