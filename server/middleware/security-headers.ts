import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Helmet's headers. They do not depend on the request, so helmet makes them once and not for each answer. Pages replace the policy. */
export function securityHeaders(): RequestHandler {
  const request = new IncomingMessage(new Socket());
  const made = new ServerResponse(request);
  helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } })(request, made, (error) => {
    if (error instanceof Error) throw error;
  });
  const headers = made.getHeaderNames().map((name) => [name, String(made.getHeader(name))] as const);
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}
