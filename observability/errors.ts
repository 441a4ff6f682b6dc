import { types } from 'node:util';

/** An error as it is logged: what it is called, says and was caused by, and where it was thrown. */
export interface DescribedError {
  name: string;
  message: string;
  /** Of Node, Postgres, gRPC or Temporal. */
  code?: string | number;
  /** Names of the schema that a Postgres error is about; never values. */
  constraint?: string;
  table?: string;
  column?: string;
  /** The frames alone: the first lines of a stack repeat the message. */
  stack?: string;
  cause?: DescribedError;
  errors?: DescribedError[];
}

const DEPTH_MAX = 5;
const MESSAGE_MAX = 500;
/** Postgres puts the value itself into the messages of data exceptions: `invalid input syntax for type integer: "…"`. */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/;

/**
 * An error for the log. Only what is listed here is taken over: a Postgres error also carries the row (`detail`), the statement and
 * its parameters, which are personal data. What is no error comes back as it is.
 */
export function describeError(error: unknown): unknown {
  return isError(error) ? described(error, 0) : error;
}

export function isError(value: unknown): value is Error {
  // Temporal's own errors and those of other realms (a sandboxed workflow) are no instances of this realm's Error.
  return value instanceof Error || types.isNativeError(value);
}

function described(error: Error, depth: number): DescribedError {
  const fields = error as unknown as Record<string, unknown>;
  const { code } = fields;
  const result: DescribedError = { name: error.name, message: messageOf(error, code) };
  if (typeof code === 'string' || typeof code === 'number') result.code = code;
  for (const [name, from] of SCHEMA_NAMES) if (typeof fields[from] === 'string') result[name] = fields[from];
  const stack = framesOf(error);
  if (stack !== '') result.stack = stack;
  if (depth === DEPTH_MAX) return result;
  if (isError(error.cause)) result.cause = described(error.cause, depth + 1);
  if (error instanceof AggregateError) result.errors = membersOf(error).map((each) => described(each, depth + 1));
  return result;
}

const SCHEMA_NAMES = [
  ['constraint', 'constraint_name'],
  ['table', 'table_name'],
  ['column', 'column_name'],
] as const;

function messageOf(error: Error, code: unknown): string {
  if (typeof code === 'string' && DATA_EXCEPTION.test(code)) return `Postgres refused a value (${code})`;
  return error.message.slice(0, MESSAGE_MAX);
}

function framesOf({ stack = '' }: Error): string {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return lines.join('\n');
}

function membersOf(error: AggregateError): Error[] {
  return (error.errors as unknown[]).filter(isError).slice(0, DEPTH_MAX);
}
