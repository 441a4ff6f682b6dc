/** What the benchmark asks of Kill Bill. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSender, RefusedError, type Received, type Sender } from '../api';

export interface KillBillApi {
  createAccount: () => Promise<string>;
  attachCard: (account: string) => Promise<void>;
  /** Answers when its first invoice is paid, or has nothing to pay. */
  subscribe: (account: string, plan: 'bench-monthly' | 'metered-monthly') => Promise<string>;
  readAccount: (account: string) => Promise<void>;
  recordUsage: (subscription: string, amount: number) => Promise<void>;
  /** Moves the clock of the whole installation. */
  moveClock: (days: number) => Promise<void>;
  close: () => void;
}

const ROLE = { authorization: `Basic ${Buffer.from('admin:password').toString('base64')}` };
const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json' };
const AUTHOR = { 'x-killbill-createdby': 'bench' };
const TENANT = { apiKey: 'bench', apiSecret: 'bench-secret' };

/** Whether it has read its catalog and its plugins, and answers. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/1.0/kb/nodesInfo`, { headers: ROLE }).catch(() => null);
  const text = (await answer?.text()) ?? '';
  return answer?.status === 200 && text.includes('killbill-payment-test');
}

/** Makes the tenant and uploads its catalog. */
export async function createTenant(url: string): Promise<KillBillApi> {
  const everybody = createSender(url, { ...ROLE, ...AUTHOR });
  await post(everybody, '/1.0/kb/tenants', { ...TENANT, externalKey: 'bench' });
  everybody.close();
  const sender = createSender(url, { ...ROLE, ...AUTHOR, 'x-killbill-apikey': TENANT.apiKey, 'x-killbill-apisecret': TENANT.apiSecret });
  const catalog = readFileSync(join(__dirname, 'catalog.xml'), 'utf8');
  accepted('the catalog', await sender.send('POST', '/1.0/kb/catalog/xml', catalog, { 'content-type': 'text/xml' }));
  return apiOf(sender);
}

function apiOf(sender: Sender): KillBillApi {
  return {
    createAccount: () => post(sender, '/1.0/kb/accounts', { name: 'Bench', email: 'bench@example.com', currency: 'USD', timeZone: 'UTC' }),
    async attachCard(account) {
      const card = { accountId: account, pluginName: 'killbill-payment-test', pluginInfo: {} };
      await post(sender, `/1.0/kb/accounts/${account}/paymentMethods?isDefault=true`, card);
    },
    subscribe: (accountId, planName) =>
      post(sender, '/1.0/kb/subscriptions?callCompletion=true&callTimeoutSec=30', { accountId, planName }),
    async readAccount(account) {
      accepted('an account', await sender.send('GET', `/1.0/kb/accounts/${account}`));
    },
    async recordUsage(subscriptionId, amount) {
      const usageRecords = [{ recordDate: new Date().toISOString().slice(0, 10), amount }];
      await post(sender, '/1.0/kb/usages', { subscriptionId, unitUsageRecords: [{ unitType: 'requests', usageRecords }] });
    },
    async moveClock(days) {
      accepted('the clock', await sender.send('PUT', `/1.0/kb/test/clock?days=${String(days)}&timeoutSec=1`));
    },
    close: sender.close,
  };
}

/** @returns the id of what was made, the last part of its address */
async function post(sender: Sender, path: string, body: Record<string, unknown>): Promise<string> {
  const received = accepted(path, await sender.send('POST', path, JSON.stringify(body), JSON_TYPE));
  return received.headers.location?.split('?')[0]?.split('/').at(-1) ?? '';
}

function accepted(call: string, received: Received): Received {
  if (received.status >= 300) throw new RefusedError(call, received.status, received.text);
  return received;
}
