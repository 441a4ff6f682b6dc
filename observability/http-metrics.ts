import { Gauge, Histogram, type Registry } from 'prom-client';

/** Receives the server's answers. */
export interface HttpMetrics {
  /**
   * Call when a request arrives, and call the result when it is over.
   *
   * @returns a function that takes the operation's path (`/v1/customers/:customer`), the method, and the status, null if the caller hung up
   */
  begin(): (of: { operation: string; method: string; status: number | null }) => void;
}

/** Seconds: a read takes milliseconds, a start with a charge up to seconds, and a change at most 50 seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60];

/** Requests of the API by operation, method and class of status. */
export function createHttpMetrics(registry: Registry): HttpMetrics {
  const registers = [registry];
  const duration = new Histogram({
    name: 'dunlin_http_request_duration_seconds',
    help: 'Requests of the API and how long they took, by operation, method and class of status; hung_up where the caller did not wait.',
    labelNames: ['operation', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const inFlight = new Gauge({
    name: 'dunlin_http_requests_in_flight',
    help: 'Requests of the API that are not answered yet.',
    registers,
  });
  return {
    begin() {
      inFlight.inc();
      const startedAt = performance.now();
      return ({ operation, method, status }) => {
        inFlight.dec();
        const statusClass = status === null ? 'hung_up' : `${Math.floor(status / 100)}xx`;
        duration.observe({ operation, method, status: statusClass }, (performance.now() - startedAt) / 1000);
      };
    },
  };
}
