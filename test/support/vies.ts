/** VIES as Dunlin calls it. Its answers have the form of the Commission's REST API. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface ViesFake {
  url: string;
  /** The next answer to every question. */
  answer: Record<string, unknown>;
  /** What was asked, in order. */
  asked: unknown[];
  stop(): Promise<void>;
}

export const VALID = { valid: true, requestIdentifier: '', name: 'Ada GmbH', address: 'Unter den Linden 1\n10117 Berlin' };
export const INVALID = { valid: false, requestIdentifier: '', name: '---', address: '---' };
export const errorWith = (error: string): Record<string, unknown> => ({ actionSucceed: false, errorWrappers: [{ error }] });

export async function startVies(): Promise<ViesFake> {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      fake.asked.push(body);
      const isRequesterUnknown = 'requesterNumber' in (body as object) && fake.answer['unknownRequester'] === true;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(isRequesterUnknown ? errorWith('INVALID_REQUESTER_INFO') : fake.answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: ViesFake = {
    ...{ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, answer: VALID, asked: [] },
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
