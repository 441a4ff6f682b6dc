import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { childEnvironment } from '../../config';
import { stopChild, type Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { linesTo } from '../../embedded/progress';
import { startTemporal } from '../../embedded/temporal';
import { findTemporal } from '../../embedded/temporal-binary';
import { ensureNamespaceRetention, registerSearchAttributes, searchAttributeNames } from '../../worker/search-attributes';
import { temporalAddress } from '../support/stack';

let connection: Connection;

beforeAll(async () => {
  connection = await Connection.connect({ address: await temporalAddress() });
});

afterAll(async () => {
  await connection.close();
});

test('search attributes are registered, and registering them again changes nothing', async () => {
  expect(await registerSearchAttributes(connection, 'default')).toEqual({ outcome: 'registered' });
  expect(await registerSearchAttributes(connection, 'default')).toEqual({ outcome: 'registered' });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining([...searchAttributeNames]));
});

test('closed workflows are retained for at least the requested time, and never for less than before', async () => {
  const retentionSeconds = async (): Promise<number> => {
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    return Number(config?.workflowExecutionRetentionTtl?.seconds);
  };
  await ensureNamespaceRetention(connection, 'default', 30);
  expect(await retentionSeconds()).toBe(30 * 86_400);
  await ensureNamespaceRetention(connection, 'default', 7);
  expect(await retentionSeconds()).toBe(30 * 86_400);
});

describe('a dev server that crashes at its start', () => {
  let folder: string;
  const children: Child[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dunlin-dev-server-'));
  });

  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => stopChild(child)));
    rmSync(folder, { recursive: true, force: true });
  });

  /** A Temporal CLI whose first starts crash, as they do if another program takes one of its own ports. */
  async function crashing(times: number): Promise<string> {
    const temporal = await findTemporal({ env: childEnvironment({}), progress: linesTo(() => undefined) });
    const path = join(folder, 'temporal');
    const script = `cd '${folder}'\nprintf x >>starts\n[ "$(wc -c <starts)" -gt ${String(times)} ] || { echo 'panic: address in use'; exit 2; }`;
    writeFileSync(path, `#!/bin/sh\n${script}\nexec '${temporal}' "$@"\n`, { mode: 0o755 });
    return path;
  }

  async function start(binary: string): Promise<Child> {
    const home = { binary, namespace: 'default', port: await freePort(), logFile: join(folder, 'temporal.log'), env: childEnvironment({}) };
    return startTemporal(home, (child) => children.push(child));
  }

  test('is started again', async () => {
    const running = await start(await crashing(2));
    expect(running.endedHow()).toBeUndefined();
    expect(children).toHaveLength(3);
  });

  test('is given up after five starts, with the end of its log', async () => {
    await expect(start(await crashing(5))).rejects.toThrow(/Temporal exited with code 2:\n(?:.*\n)*panic: address in use/);
    expect(children).toHaveLength(5);
  });
});
