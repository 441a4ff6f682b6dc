import { createServer, type Server } from 'node:net';
import { loadConfig } from '../../config';
import { choosePorts, lostPorts } from '../../embedded/ports';

let thief: Server | undefined;
afterEach(() => {
  thief?.close();
});

const listenOn = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });

test('free ports differ from each other, and a port that another program takes after the choice is detected', async () => {
  const config = loadConfig({ PORT: '0' });
  const ports = await choosePorts(config);
  expect(new Set(Object.values(ports)).size).toBe(6);
  expect(await lostPorts(config, ports)).toEqual([]);
  thief = await listenOn(ports.temporal);
  expect(await lostPorts(config, ports)).toEqual([ports.temporal]);
});

test('a port from the configuration is never replaced by another', async () => {
  const free = await choosePorts(loadConfig({ PORT: '0' }));
  const config = loadConfig({ PORT: '0', DUNLIN_TEMPORAL_PORT: String(free.temporal) });
  const ports = await choosePorts(config);
  expect(ports.temporal).toBe(free.temporal);
  thief = await listenOn(ports.temporal);
  expect(await lostPorts(config, ports)).toEqual([]);
});
