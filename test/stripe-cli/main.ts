/**
 * `npm run test:stripe-cli`: starts the product, and has Stripe's own CLI trigger each event of billing. A trigger calls the API as its
 * fixture says; afterwards there must be an event of its type. With arguments, only the triggers that begin with one of them.
 */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import { cacheFolder } from '../../embedded/data-folder';
import { cleanUp, start, temporaryFolder } from '../embedded/launcher';

const execute = promisify(execFile);
const VERSION = '1.52.0';
const PATIENCE_MS = 120_000;
const EVENT_MS = 30_000;

/** Triggers of what Dunlin is not: payouts, transfers, issued cards, connected accounts, identity checks, bank transfers to a balance. */
const ELSEWHERE =
  /^(account|balance|cash_balance|customer_cash_balance_transaction|identity|issuing_\w+|payout|reporting|topup|transfer)\.|^payment_intent\.partially_funded$/;

interface Gap {
  /** What goes wrong. */
  problem: RegExp;
  why: string;
}

const NO_COUPON: Gap = { problem: /unknown parameter: coupon/, why: 'the pinned version of the API has no `coupon` there any more' };
const OLD_LINES: Gap = {
  problem: /caused no event/,
  why: 'the fixture describes its line as early versions of the API did, which the pinned one refuses',
};

const UNPAID: Gap = {
  problem: /caused no event/,
  why: 'the customer of the fixture has no card, so dunning cancels the subscription, and the schedule is aborted before its end',
};

/** Triggers that do not cause their event, and why. One that does must leave this table. */
const GAPS: Record<string, Gap> = {
  'checkout.session.async_payment_failed': OLD_LINES,
  'customer.discount.created': NO_COUPON,
  'customer.discount.deleted': NO_COUPON,
  'customer.discount.updated': NO_COUPON,
  'promotion_code.created': NO_COUPON,
  'promotion_code.updated': NO_COUPON,
  'subscription_schedule.completed': UNPAID,
  'subscription_schedule.expiring': UNPAID,
};

/** What a trigger causes whose name is not a type of event. */
const CAUSES: Record<string, string> = {
  'subscription.payment_failed': 'invoice.payment_failed',
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
  // A schedule is aborted by the end of its subscription; its fixture cancels one that has not begun.
  'subscription_schedule.aborted': 'subscription_schedule.canceled',
};

interface Cli {
  /** @returns what it printed, whether or not it succeeded */
  run(...values: string[]): Promise<string>;
}

async function installed(): Promise<Cli> {
  const folder = join(cacheFolder(childEnvironment()), 'stripe-cli');
  mkdirSync(folder, { recursive: true });
  const place = ['--prefix', folder, '--no-audit', '--no-fund', '--no-save'];
  await execute('npm', ['install', ...place, `@stripe/cli@${VERSION}`], { cwd: folder });
  const env = childEnvironment({ STRIPE_CLI_TELEMETRY_OPTOUT: '1', XDG_CONFIG_HOME: folder });
  const options = { cwd: folder, env, timeout: PATIENCE_MS };
  return {
    run: async (...values) => {
      try {
        const { stdout, stderr } = await execute(join(folder, 'node_modules', '.bin', 'stripe'), values, options);
        return stdout + stderr;
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
        return stdout + stderr;
      }
    },
  };
}

/** The names in the CLI's own help. */
async function triggersOf(cli: Cli): Promise<string[]> {
  const names = [...(await cli.run('trigger', '--help')).matchAll(/^ {2}([a-z_]+\.[a-z_.]+)$/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error('The CLI names no triggers.');
  return names.filter((name) => !ELSEWHERE.test(name));
}

/** @returns what went wrong; null if nothing did */
async function problemOf(trigger: string, { cli, stripe, api }: { cli: Cli; stripe: Stripe; api: string[] }): Promise<string | null> {
  const type = CAUSES[trigger] ?? trigger;
  const newest = async () => (await stripe.events.list({ types: [type], limit: 1 })).data[0]?.id;
  const before = await newest();
  const output = await cli.run('trigger', trigger, ...api);
  if (!output.includes('Trigger succeeded')) return output.trim().split('\n').at(-1) ?? '';
  // A clock that a fixture advances is not waited for.
  const deadline = Date.now() + EVENT_MS;
  while ((await newest()) === before) {
    if (Date.now() > deadline) return `caused no event ${type}`;
    await sleep(200);
  }
  return null;
}

/** What differs from the table of gaps; null if nothing does. */
function surprise(trigger: string, problem: string | null): string | null {
  const gap = GAPS[trigger];
  if (!gap) return problem;
  if (problem === null) return `causes its event now, and is still in the table of gaps (${gap.why})`;
  return gap.problem.test(problem) ? null : `should fail with ${String(gap.problem)} (${gap.why}): ${problem}`;
}

async function main(named: string[]): Promise<void> {
  const cli = await installed();
  const { url, apiKey } = await start(temporaryFolder(), { LOG_LEVEL: 'warn' }).ready();
  const { hostname: host, port } = new URL(url);
  const stripe = new Stripe(apiKey, { host, port, protocol: 'http', telemetry: false });
  const triggers = (await triggersOf(cli)).filter((each) => named.length === 0 || named.some((name) => each.startsWith(name)));
  const problems: string[] = [];
  for (const trigger of triggers) {
    const problem = surprise(trigger, await problemOf(trigger, { cli, stripe, api: ['--api-key', apiKey, '--api-base', url] }));
    process.stdout.write(`${problem === null ? 'ok    ' : 'FAILED'} ${trigger}${problem === null ? '' : `: ${problem}`}\n`);
    if (problem !== null) problems.push(trigger);
  }
  process.stdout.write(`${String(triggers.length - problems.length)} of ${String(triggers.length)} triggers passed\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => void cleanUp());
