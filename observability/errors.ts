import { types } from 'node:util';

/** An error for the log: its name, message, causes, and where it was thrown. */
export interface DescribedError {
  name: string;
  message: string;
  /** A code of Node, Postgres, gRPC or Temporal. */
  code?: string | number;
  /** Schema names in a Postgres error; never values. */
  constraint?: string;
  table?: string;
  column?: string;
  /** Only the frames: the first lines of a stack repeat the message. */
  stack?: string;
  cause?: DescribedError;
  errors?: DescribedError[];
}

const DEPTH_MAX = 5;
const MESSAGE_MAX = 500;
/** Postgres includes the value in the messages of data exceptions: `invalid input syntax for type integer: "…"`. */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/;

/**
 * Describes an error for the log. Only the listed fields are copied, because a Postgres error also has the row (`detail`), the statement
 * and its parameters, which are personal data. A value that is not an error is returned unchanged.
 */
export function describeError(error: unknown): unknown {
  return isError(error) ? described(error, 0) : error;
}

export function isError(value: unknown): value is Error {
  // Temporal's own errors and those of other realms (a sandboxed workflow) are not instances of this realm's Error.
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
