import { connect, type AddressInfo } from 'node:net';
import { DEADLINES } from '../../../domain/core/deadlines';
import { createApp } from '../../../server/app';
import { createHttpServer } from '../../../server/http-server';
import { startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('bodies that do not arrive within half a minute are refused in JSON, without showing the key', async () => {
  const http = createHttpServer(createApp(server.deps));
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const { port } = http.address() as AddressInfo;
  const startedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: 50 }, () => answerToHalfABody(port)));
  expect(performance.now() - startedAt).toBeLessThan(DEADLINES.arrival + 10_000);
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*\r\n\r\n\{"error":\{"type":"invalid_request_error"/);
  await new Promise((done) => http.close(done));
});

/** All that is answered until the connection is closed. */
function answerToHalfABody(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nname='),
    );
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', reject).on('close', () => {
      resolve(answer);
    });
  });
}
