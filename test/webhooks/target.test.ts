import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from '../../webhooks/send';
import { WebhookTargets } from '../../webhooks/target';
import { startReceiver } from './receiver';

const nobody = new WebhookTargets([]);

test.each([
  'http://127.0.0.1:4242/hook',
  'http://localhost/hook',
  'http://2130706433/hook',
  'http://0x7f.1/hook',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/',
  'http://0.0.0.0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[fe80::1]/',
  'http://[fd00::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[::7f00:1]/',
  'http://[::a00:1]/',
  'http://[::ffff:0:7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
])('%s is an internal address and is refused, when an endpoint is created and when an event is sent', async (url) => {
  expect(await nobody.refusal(url)).toContain('publicly accessible');
  const outcome = await send(new URL(url), { body: '{}', signature: '', agent: await nobody.agentFor(new URL(url)) });
  expect(outcome).toMatchObject({ status: null, error: 'the address is private, and not allowed' });
});

test.each(['ftp://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'no url', 'http://user:pass@93.184.216.34/'])(
  '%s is no URL for webhooks',
  async (url) => {
    expect(await nobody.refusal(url)).not.toBeNull();
  },
);

test('public addresses are allowed over http and https', async () => {
  expect(await nobody.refusal('http://93.184.216.34/hook')).toBeNull();
  expect(await nobody.refusal('https://[2606:2800:220:1::1]:8443/hook')).toBeNull();
});

test('a host name that does not resolve yet is accepted, and its delivery fails', async () => {
  expect(await nobody.refusal('https://dunlin.invalid/hook')).toBeNull();
  const url = new URL('http://dunlin.invalid/hook');
  const { status, error } = await send(url, { body: '{}', signature: '', agent: await nobody.agentFor(url) });
  expect(status).toBeNull();
  expect(error).not.toBeNull();
});

test.each([[['127.0.0.0/8', '::1']], [['localhost', '127.0.0.1']]])('a configured host is reached: %j', async (allowed) => {
  const targets = new WebhookTargets(allowed);
  const receiver = await startReceiver();
  for (const text of [receiver.url, receiver.url.replace('127.0.0.1', 'localhost')]) {
    const url = new URL(text);
    expect(await targets.refusal(text)).toBeNull();
    expect(await send(url, { body: '{}', signature: '', agent: await targets.agentFor(url) })).toMatchObject({ status: 200, error: null });
  }
  expect(await targets.refusal('http://10.0.0.1/')).not.toBeNull();
  await receiver.close();
});

test('a receiver with an endless answer is disconnected, and its status counts', async () => {
  let written = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200);
    const flood = setInterval(() => {
      written += 65_536;
      response.write(Buffer.alloc(65_536));
    }, 1);
    response.on('close', () => clearInterval(flood));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  const hungUp = new Promise((done) => server.on('connection', (socket) => socket.on('close', done)));
  const agent = await new WebhookTargets(['127.0.0.1']).agentFor(url);
  expect(await send(url, { body: '{}', signature: '', agent })).toMatchObject({ status: 200, error: null });
  await hungUp;
  expect(written).toBeLessThan(20_000_000);
  await new Promise((done) => server.close(done));
});
