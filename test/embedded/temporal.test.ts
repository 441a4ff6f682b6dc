import { Connection } from '@temporalio/client';
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
