/** Stripe's own mock validates every request against Stripe's published schema. It is built here, where there is Go. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import { freePort } from '../../embedded/ports';
import { stripeClient } from '../../gateways/stripe-client';
import { createStripeGateway } from '../../gateways/stripe/stripe-gateway';
import { createStripeTax } from '../../gateways/stripe-tax/stripe-tax';
import type { TaxedSale } from '../../domain/rows/tax-calculation';
import { until } from '../support/system';

const hasGo = spawnSync('go', ['version']).status === 0;
const testWithGo = hasGo ? test : test.skip;

let folder: string | undefined;
let mock: ChildProcess | undefined;
let url = '';

beforeAll(async () => {
  if (!hasGo) return;
  folder = mkdtempSync(join(tmpdir(), 'stripe-mock-'));
  execFileSync('go', ['install', 'github.com/stripe/stripe-mock@v0.203.0'], { env: childEnvironment({ GOBIN: folder }) });
  const port = await freePort();
  url = `http://127.0.0.1:${String(port)}`;
  mock = spawn(join(folder, 'stripe-mock'), ['-http-port', String(port)], { stdio: 'ignore' });
  await until(
    () =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    { what: 'stripe-mock' },
  );
}, 600_000);
afterAll(() => {
  mock?.kill();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const sale: TaxedSale = {
  ...{ owner: 'acct_1/test', currency: 'eur', instant: Math.floor(Date.now() / 1000) },
  buyer: {
    address: { country: 'FR', city: 'Paris', line1: '1 rue Cler', line2: null, postal_code: '75007', state: null },
    ...{ isShipping: true, taxExempt: 'reverse', taxIds: [{ type: 'eu_vat', value: 'FRAB123456789' }] },
  },
  lines: [
    { line: 'il_1', amount: 1000, behavior: 'exclusive', taxCode: 'txcd_10103001' },
    { line: 'il_2', amount: -200, behavior: 'inclusive', taxCode: 'txcd_10103001' },
  ],
};

testWithGo('Stripe accepts the requests of a calculation (skipped without Go)', async () => {
  // The mock answers with a fixed example, whose lines are not those of the sale: it got there only if it accepted the request. Either of the two may be first.
  await expect(createStripeTax({ key: 'sk_test_123', url }).calculate(sale)).rejects.toThrow(/did not calculate il_[12]/);
});

testWithGo('Stripe’s mock refuses a calculation without its currency (skipped without Go)', async () => {
  const { hostname: host, port } = new URL(url);
  const stripe = new Stripe('sk_test_123', { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const wrong = { line_items: [{ amount: 1 }] } as unknown as Stripe.Tax.CalculationCreateParams;
  await expect(stripe.tax.calculations.create(wrong)).rejects.toMatchObject({ statusCode: 400 });
});

testWithGo('Stripe accepts the requests that record a sale and its reversal (skipped without Go)', async () => {
  const provider = createStripeTax({ key: 'sk_test_123', url });
  const [sold] = await provider.record({ calculation: 'taxcalc_1', reference: 'taxrec_1/1' });
  expect(sold?.transaction).toMatch(/^tax_/);
  const line = { transaction: 'tax_1', reversal: null, transactionLine: 'tax_li_1', line: 'il_1', amount: -100, tax: -20 };
  await expect(provider.reverse({ transaction: 'tax_1', reference: 'taxrec_2/tax_1', lines: [line] })).resolves.toMatch(/^tax_/);
  await expect(provider.takeBack({ reversal: 'tax_2', reference: 'taxrec_3/tax_2' })).resolves.toMatch(/^tax_/);
});

/** The mock's answers are fixed examples, so that only a refusal of the parameters is looked for: a 400 that names one. */
testWithGo(
  'Stripe accepts the requests of a processor: charge, set up, capture, cancel, refund, find, keep, evidence (skipped without Go)',
  async () => {
    const seller = { account: 'acct_1', livemode: false };
    const client = stripeClient({ key: 'sk_test_123', url, timeout: 10_000 });
    const answered: string[] = [];
    const refused: string[] = [];
    // The SDK types it as any.
    const listen = client.on as (event: 'response', listener: (response: Stripe.ResponseEvent) => void) => void;
    listen('response', ({ status, path }) => {
      answered.push(path);
      if (status === 400) refused.push(path);
    });
    const gateway = createStripeGateway(client, 'https://pay.test', seller);
    const card = { idempotencyKey: 'pi_1/attempt-1', card: 'cus_1/pm_1', offSession: true, setUp: true, continues: null };
    const charge = { ...card, threeDSecure: 'requested', amount: 1000, currency: 'usd', capture: false, statement: null } as const;
    const operation = { idempotencyKey: 'key', charge: 'pi_1' };
    const calls: Promise<unknown>[] = [
      gateway.charge(charge),
      gateway.charge({ ...charge, threeDSecure: null, capture: true, continues: 'pi_1' }),
      gateway.setup({ ...card, threeDSecure: 'requested' }),
      gateway.find({ ...charge, kind: 'payment' }),
      gateway.find({ ...charge, kind: 'setup' }),
      gateway.capture({ ...operation, amount: 700 }),
      gateway.cancel(operation),
      gateway.refund({ ...operation, amount: 100, currency: 'usd' }),
      gateway.findRefund(operation),
      gateway.settlement?.({ from: 1_700_000_000, to: 1_700_086_400 }) ?? Promise.resolve(),
      gateway.keep?.({ method: 'pm_1', customer: 'cus_1' }) ?? Promise.resolve(),
      gateway.closeDispute({ idempotencyKey: 'key', dispute: 'dp_1' }),
      gateway.submitEvidence({
        ...{ idempotencyKey: 'key', dispute: 'dp_1', evidence: { product_description: 'Seats', receipt: 'file_1' }, enhancedEvidence: {} },
        file: () => Promise.resolve({ name: 'receipt.pdf', data: Buffer.from('%PDF-1.4') }),
      }),
    ];
    await Promise.allSettled(calls);
    expect(refused).toEqual([]);
    expect(new Set(answered).size).toBeGreaterThanOrEqual(9);
  },
);
