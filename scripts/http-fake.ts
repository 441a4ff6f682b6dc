/** A service that Dunlin calls over HTTP, for tests and recordings: it remembers what it was asked, and answers what the caller wants. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface HttpFake {
  url: string;
  /** In order. */
  asked: HttpRequest[];
  stop(): Promise<void>;
}

interface HttpRequest {
  method: string | undefined;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Reply {
  status?: number;
  body: string;
}

export async function startHttpFake(answer: (request: HttpRequest) => Reply): Promise<HttpFake> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, headers, url = '' } = request;
      const asked = { method, url, headers, body };
      fake.asked.push(asked);
      const reply = answer(asked);
      response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json' });
      response.end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: HttpFake = {
    ...{ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked: [] },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return fake;
}
