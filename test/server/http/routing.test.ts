import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import type { Operation } from '../../../server/http/operation';
import { route } from '../../../server/http/routing';
import { operations } from '../../../server/routes';

const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;
const answering =
  (operation: Operation): RequestHandler =>
  (_request, response) => {
    response.set('X-Operation', nameOf(operation)).end();
  };

const app = express()
  .use(route(operations, answering))
  .use((_request, response) => void response.set('X-Operation', 'none').end());
const server = createServer(app);
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

async function operationAt(method: string, path: string): Promise<string | null> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, { method });
  return response.headers.get('X-Operation');
}

test('each call reaches its operation, with any letter case and with a slash at the end', async () => {
  for (const operation of operations) {
    const path = operation.path.replace(/:\w+/g, 'xyz_1');
    const method = operation.method.toUpperCase();
    expect(await operationAt(method, path)).toBe(nameOf(operation));
    expect(await operationAt(method, `${path.toUpperCase()}/?limit=3`)).toBe(nameOf(operation));
  }
});

test('a path that is too long, too short or of an unknown resource reaches none', async () => {
  for (const path of ['/v1/customers/cus_1/nothing/here', '/v1', '/', '/v1/custom', '/v1/customers//', '/v1//customers']) {
    expect(await operationAt('GET', path)).toBe('none');
  }
});

test('HEAD is answered as GET without a body, and OPTIONS with the methods of the path', async () => {
  expect(await operationAt('HEAD', '/v1/customers/cus_1')).toBe('GET /v1/customers/:customer');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${String(port)}/v1/customers/cus_1`, { method: 'OPTIONS' });
  expect(response.headers.get('Allow')).toBe('DELETE, GET, HEAD, POST');
});
