import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError, isError } from './errors';

/** Least severe level that is logged. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** What carries personal data where it is logged by mistake: the second line of defence, since nothing logs it in the first place. */
const PERSONAL = ['authorization', 'headers', 'parameters', 'args', 'query', 'detail', 'where', 'body'];

/**
 * The log of one process: JSON lines with ids, and with errors as `describeError` shows them, under whatever name they are logged.
 *
 * @param name which program writes
 * @param destination standard output where nothing is said
 */
export function createLogger(of: { level: LogLevel; name: 'server' | 'worker'; destination?: DestinationStream }): Logger {
  const options = {
    level: of.level,
    name: of.name,
    serializers: { err: describeError, error: describeError },
    formatters: { log: withDescribedErrors },
    redact: { paths: PERSONAL.flatMap((field) => [field, `*.${field}`]), remove: true },
  };
  return of.destination === undefined ? pino(options) : pino(options, of.destination);
}

function withDescribedErrors(line: Record<string, unknown>): Record<string, unknown> {
  if (!Object.values(line).some(isError)) return line;
  return Object.fromEntries(Object.entries(line).map(([name, value]) => [name, describeError(value)]));
}
