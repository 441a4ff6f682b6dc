/** The HTTP server around the API: limits of a connection, and answers to data that never becomes a request. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { DEADLINES } from '../domain/core/deadlines';

interface Connection {
  writable: boolean;
  destroy(): void;
  end(text: string): void;
}

const LOOK_EVERY_MS = 2_000;

const REFUSALS: Record<string, { line: string; message: string }> = {
  HPE_HEADER_OVERFLOW: { line: '431 Request Header Fields Too Large', message: 'The headers of the request are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { line: '408 Request Timeout', message: 'The request did not arrive in time.' },
};
const UNREADABLE = { line: '400 Bad Request', message: 'The request is not HTTP that can be read.' };

export function createHttpServer(app: RequestListener): Server {
  const limits = { headersTimeout: DEADLINES.headers, requestTimeout: DEADLINES.arrival, connectionsCheckingInterval: LOOK_EVERY_MS };
  return createServer(limits, app).on('clientError', refuse);
}

/** From now on each answer ends its connection, so that callers and proxies open their next one elsewhere and none is cut while it is in use. */
export function leaveConnections(server: Server): void {
  server.prependListener('request', (_request, response) => {
    response.setHeader('Connection', 'close');
  });
}

function refuse(error: NodeJS.ErrnoException, socket: Connection): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { line, message } = REFUSALS[error.code ?? ''] ?? UNREADABLE;
  const body = JSON.stringify({ error: { type: 'invalid_request_error', message } });
  const headers = ['Content-Type: application/json; charset=utf-8', `Content-Length: ${String(Buffer.byteLength(body))}`];
  socket.end([`HTTP/1.1 ${line}`, ...headers, 'Cache-Control: no-store', 'Connection: close', '', body].join('\r\n'));
}
