import { pino, type DestinationStream, type Logger } from 'pino';
import { describeError, isError } from './errors';

/** Least severe level to log. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Fields that would contain personal data if they were logged by mistake. A second line of defense, because no code logs them. */
const PERSONAL = ['authorization', 'headers', 'parameters', 'args', 'query', 'detail', 'where', 'body'];

/**
 * The log of one process: JSON lines with ids, and with errors as `describeError` returns them, under any field name.
 *
 * @param name the program
 * @param destination by default standard output
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
