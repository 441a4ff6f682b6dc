/** A registry of tax ids as Dunlin calls it over HTTP: it remembers what it was asked, and answers what the test wants. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RegistryFake {
  url: string;
  asked: { method: string | undefined; url: string; headers: IncomingHttpHeaders; body: string }[];
  stop(): Promise<void>;
}

interface Reply {
  status?: number;
  body: string;
}

/** @param answer gets the path and query of each request, and its body */
export async function startRegistry(answer: (url: string, body: string) => Reply): Promise<RegistryFake> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, headers, url = '' } = request;
      fake.asked.push({ method, url, headers, body });
      const reply = answer(url, body);
      response.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json' });
      response.end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: RegistryFake = {
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
