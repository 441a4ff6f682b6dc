import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { API_VERSION } from '../../domain/rows/api-version';
import { addressOf } from '../http/address';
import { contextOf, newRequestId, setContext } from '../http/context';
import type { Dependencies } from '../http/dependencies';

/** Assigns each request its id; counts it, traces it, and logs a line at its end: the operation, the key, the status. Never parameters. */
export function begin({ log, metrics, tracer }: Pick<Dependencies, 'log' | 'metrics' | 'tracer'>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = newRequestId();
    const caller = { scope: null, key: null, keyId: null, secretOf: null, permissions: { scopes: [] } };
    setContext(response, { requestId, startedAt: performance.now(), version: API_VERSION, operation: null, ...caller });
    response.setHeader('Request-Id', requestId);
    const count = metrics?.begin();
    const span = tracer?.begin(request.headers);
    response.on('close', () => {
      const { operation } = contextOf(response);
      const path = operation?.split(' ')[1] ?? 'none';
      const status = response.writableFinished ? response.statusCode : null;
      count?.({ operation: path, method: request.method, status });
      span?.end({ operation: path, method: request.method, status, request: requestId });
      logAnswer(log, request, response);
    });
    if (span) span.run(next);
    else next();
  };
}

/** A request with an invalid key is logged with its address, because an attacker may be trying keys. */
function logAnswer(log: Logger, request: Request, response: Response): void {
  const { requestId, operation, scope, key, startedAt } = contextOf(response);
  const line = {
    request: requestId,
    operation: operation ?? request.method,
    status: response.statusCode,
    ms: Math.round(performance.now() - startedAt),
    account: scope?.account,
    key,
  };
  if (!response.writableFinished) log.info({ ...line, hungUp: true });
  else if (response.statusCode === 401) log.warn({ ...line, address: addressOf(request) }, 'a request without a valid key');
  else log.info(line);
}
