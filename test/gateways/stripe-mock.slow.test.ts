/** Stripe's own mock validates every request against Stripe's published schema. It is built here, where there is Go. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import { freePort } from '../../embedded/ports';
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
  // The mock answers with a fixed example, whose lines are not those of the sale: it got there only if it accepted both requests.
  await expect(createStripeTax({ key: 'sk_test_123', url }).calculate(sale)).rejects.toThrow(/did not calculate il_1/);
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
