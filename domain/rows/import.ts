/** In the order in which an import reads them: each may name those before it. */
export const SOURCE_KINDS = [
  'tax_rate',
  'product',
  'meter',
  'price',
  'coupon',
  'promotion_code',
  'customer',
  'subscription',
  'subscription_schedule',
  'invoice',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const IMPORT_STATUSES = ['running', 'done', 'canceled', 'failed'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/**
 * What became of one object. `skipped`: it is over at the source, and nothing follows from it. `reference`: it stays at the source, which goes on with
 * it.
 */
export const OUTCOMES = ['taken', 'changed', 'unchanged', 'reference', 'skipped', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A property of the source's object, by its name there, and why Dunlin cannot take it. */
export interface Problem {
  field: string;
  reason: string;
}

/** One run that reads another billing system. */
export interface Import {
  account: string;
  livemode: boolean;
  id: string;
  created: number;
  source: 'csv' | 'stripe';
  dryRun: boolean;
  status: ImportStatus;
  testClock: string | null;
  /** The test clock at the source whose customers are read. Null: those in real time. */
  sourceTestClock: string | null;
  /** What is read next; null: everything is read. */
  kind: SourceKind | null;
  /** The last object of the kind that was taken. Null: none yet. */
  cursor: string | null;
  finishedAt: number | null;
  /** What keeps it waiting. */
  error: string | null;
}

export interface ImportedObject {
  id: string;
  created: number;
  import: string;
  kind: SourceKind;
  sourceId: string;
  outcome: Outcome;
  digest: string;
  problems: Problem[];
  summary: Record<string, unknown> | null;
}

/** A line of a file, by its columns. Empty values are left out. */
export interface ImportLine {
  line: number;
  values: Record<string, string>;
}

/** How many objects of each kind had each outcome, and how many were taken without a part. */
export type Counts = Partial<Record<SourceKind, Partial<Record<Outcome, number>>>>;
