import type * as OpenTelemetry from './opentelemetry';
import type { Tracing } from './spans';

/**
 * Starts tracing if a collector is named; otherwise loads nothing.
 *
 * @param of.endpoint base URL of a collector that accepts OTLP over HTTP
 */
export function startTracing(of: { endpoint: string | undefined; program: 'server' | 'worker'; version: string }): Tracing | null {
  if (of.endpoint === undefined) return null;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the packages for those who trace nothing, too
  const { openTracing } = require('./opentelemetry') as typeof OpenTelemetry;
  return openTracing({ ...of, endpoint: of.endpoint });
}
