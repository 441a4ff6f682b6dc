/**
 * Checks that cards can be charged at Stripe, with the variables that the server and the workers have: the key and its permissions, the
 * webhook endpoint, its secret and whether it is reached; then a first charge of the smallest amount, and its refund.
 */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import Stripe from 'stripe';
import { loadConfig, publicUrlOf, type Config } from '../../config';
import { amountInWords } from '../../domain/money/currency';
import { minimumCharge } from '../../domain/money/minimum-charge';
import { keyOf } from '../../gateways/remote-processor';
import { stripeClient } from '../../gateways/stripe-client';
import { EVENTS_OF_INTEREST } from '../../gateways/stripe/webhooks';
import { declare, textOption, type Given } from '../command';
import { Findings } from '../findings';
import { CommandFailed, type Output } from '../output';

const REQUEST_MS = 20_000;

export function liveCheck(program: Command): void {
  declare(program, {
    usage: 'live-check',
    summary: 'check that cards can be charged at Stripe, before you go live',
    options: [
      ['--live', 'with the key of live mode; else of test mode'],
      ['--charge <payment-method>', 'a payment method at Stripe that is charged the smallest amount, and refunded'],
      ['--key <key>', 'a key of Dunlin’s API in the same mode, for the charge'],
      ['--currency <code>', 'of the charge, eur unless it is said'],
    ],
    examples: ['live-check', 'live-check --charge pm_1Q --key sk_test_1', 'live-check --live --charge pm_1Q --key sk_live_1'],
    run: check,
  });
}

/** Tells each result as it is known. */
type Say = (isGood: boolean, words: string) => void;

async function check(given: Given): Promise<void> {
  const findings = new Findings(given.output);
  const say: Say = (isGood, says) => findings.add({ about: 'stripe', level: isGood ? 'ok' : 'failed', says });
  const config = loadConfig();
  const mode = given.options['live'] === true ? 'live' : 'test';
  const key = config.stripe[mode];
  if (key === undefined) say(false, `STRIPE_${mode.toUpperCase()}_KEY is not set.`);
  else await checkWith(say, { given, config, mode, stripe: stripeClient({ key, url: config.stripe.url, timeout: REQUEST_MS }) });
  const failed = findings.count('failed');
  if (failed > 0) throw new CommandFailed(failed === 1 ? 'one check failed' : `${failed} checks failed`);
}

async function checkWith(
  say: Say,
  { given, config, mode, stripe }: { given: Given; config: Config; mode: 'live' | 'test'; stripe: Stripe },
): Promise<void> {
  await checkKey(say, stripe);
  await checkEndpoint(say, stripe, { address: addressOf(config), output: given.output });
  for (const secret of config.stripe.webhookSecrets[mode]) {
    await checkSecret(say, { address: addressOf(config), secret, livemode: mode === 'live' });
  }
  if (config.stripe.webhookSecrets[mode].length === 0) say(false, `STRIPE_${mode.toUpperCase()}_WEBHOOK_SECRETS is not set.`);
  const charge = textOption(given, 'charge');
  if (charge === undefined) given.output.note('      No charge was asked for: --charge pm_… --key sk_…');
  else {
    const currency = textOption(given, 'currency') ?? 'eur';
    await checkCharge(say, stripe, { url: publicUrlOf(config), charge, currency, key: textOption(given, 'key') });
  }
}

const addressOf = (config: Config): string => `${publicUrlOf(config)}/gateways/stripe/webhook`;

/** Reading is a part of the permission to write, so what cannot be listed cannot be made. */
async function checkKey(say: Say, stripe: Stripe): Promise<void> {
  const lists: Record<string, () => Promise<unknown>> = {
    'payment intents': () => stripe.paymentIntents.list({ limit: 1 }),
    'setup intents': () => stripe.setupIntents.list({ limit: 1 }),
    customers: () => stripe.customers.list({ limit: 1 }),
    charges: () => stripe.charges.list({ limit: 1 }),
    refunds: () => stripe.refunds.list({ limit: 1 }),
    disputes: () => stripe.disputes.list({ limit: 1 }),
    'balance transactions': () => stripe.balanceTransactions.list({ limit: 1 }),
    events: () => stripe.events.list({ limit: 1 }),
  };
  for (const [name, list] of Object.entries(lists)) {
    const problem = await problemOf(list);
    say(problem === null, problem === null ? `The key may read ${name}.` : `The key may not read ${name}: ${problem}.`);
  }
}

async function checkEndpoint(say: Say, stripe: Stripe, { address, output }: { address: string; output: Output }): Promise<void> {
  let found: Stripe.WebhookEndpoint | undefined;
  const problem = await problemOf(async () => {
    found = (await stripe.webhookEndpoints.list({ limit: 100 })).data.find(({ url }) => url === address);
  });
  if (problem !== null) {
    output.note(`      The key may not read webhook endpoints (${problem}). Look at them in the dashboard.`);
    return;
  }
  if (!found) {
    say(false, `Stripe has no webhook endpoint ${address}.`);
    return;
  }
  const { enabled_events, status } = found;
  const missing = enabled_events.includes('*') ? [] : EVENTS_OF_INTEREST.filter((type) => !enabled_events.includes(type));
  say(status === 'enabled', `The webhook endpoint is ${status}.`);
  say(missing.length === 0, missing.length === 0 ? 'It gets every event that Dunlin acts on.' : `It does not get ${missing.join(', ')}.`);
}

/** An event that is about nothing, signed as Stripe does it. */
async function checkSecret(say: Say, { address, secret, livemode }: { address: string; secret: string; livemode: boolean }): Promise<void> {
  const id = `evt_check_${randomUUID()}`;
  const payload = JSON.stringify({ id, object: 'event', type: 'dunlin.live_check', livemode, data: { object: {} } });
  const signature = new Stripe('sk_unused').webhooks.generateTestHeaderString({ payload, secret });
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature };
  const name = `the secret that ends with ${secret.slice(-4)}`;
  try {
    const { status } = await fetch(address, { method: 'POST', headers, body: payload, signal: AbortSignal.timeout(REQUEST_MS) });
    say(status === 200, status === 200 ? `${address} accepts ${name}.` : `${address} answers HTTP ${String(status)} to ${name}.`);
  } catch {
    say(false, `${address} cannot be reached from here.`);
  }
}

/** Through Dunlin's own API, so that the worker charges with its own key. */
async function checkCharge(
  say: Say,
  stripe: Stripe,
  { url, key, charge, currency }: { url: string; key: string | undefined; charge: string; currency: string },
): Promise<void> {
  if (key === undefined) {
    say(false, '--charge needs --key, a key of Dunlin’s API.');
    return;
  }
  const dunlin = stripeClient({ key, url, timeout: 3 * REQUEST_MS });
  const amount = minimumCharge(currency);
  const words = amountInWords(amount, currency);
  try {
    const stored = { type: 'card', processor: { name: 'stripe', payment_method: charge } };
    const { id: payment_method } = (await dunlin.rawRequest('POST', '/v1/payment_methods', stored)) as unknown as { id: string };
    say(true, `Stripe keeps ${charge} for later payments, as ${payment_method}.`);
    const intent = await dunlin.paymentIntents.create({ amount, currency, payment_method, confirm: true });
    say(intent.status === 'succeeded', `A charge of ${words} (${intent.id}): ${intent.status}.`);
    if (intent.status !== 'succeeded') return;
    const refund = await dunlin.refunds.create({ payment_intent: intent.id });
    say(['pending', 'succeeded'].includes(refund.status ?? ''), `Its refund (${refund.id}): ${String(refund.status)}.`);
    const there = (await stripe.refunds.list({ limit: 10 })).data.find((each) => keyOf(each) === refund.id);
    say(there?.amount === amount, there ? `Stripe has it as ${there.id}.` : 'Stripe does not have it: is the key of another account?');
  } catch (error) {
    say(false, `A charge of ${words}: ${messageOf(error)}.`);
  }
}

async function problemOf(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** Stripe's own words on a wrong key have a part of it. */
function messageOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeAuthenticationError) return 'the key is wrong';
  if (error instanceof Stripe.errors.StripeConnectionError) return 'no answer';
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
