/**
 * Recomputes the figures of a filled sandbox from the objects of the API, and compares them with its reports, to the minor unit. It shares no code with what
 * makes the reports. `npm run check-figures` checks the newest test clock of the Dunlin on this machine; `-- clock_…` another one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { loadConfig } from '../config';
import { checkFigures, wrongOf } from './check-figures/checks';

async function main(): Promise<void> {
  const { url, apiKey } = JSON.parse(readFileSync(join(loadConfig().dataFolder, 'dev.json'), 'utf8')) as { url: string; apiKey: string };
  const { hostname, port } = new URL(url);
  const stripe = new Stripe(apiKey, { host: hostname, port, protocol: 'http', telemetry: false });
  const [newest] = (await stripe.testHelpers.testClocks.list({ limit: 1 })).data;
  const clock = process.argv[2] ?? newest?.id;
  if (clock === undefined) throw new Error('there is no test clock: fill the sandbox first');
  const figures = await checkFigures(stripe, clock);
  const wrong = wrongOf(figures);
  for (const { name, shown, expected } of wrong)
    console.error(`${name}\n  the report: ${JSON.stringify(shown)}\n  recomputed: ${JSON.stringify(expected)}`);
  console.log(`${String(figures.length - wrong.length)} of ${String(figures.length)} figures of ${clock} are as recomputed.`);
  process.exitCode = wrong.length > 0 || figures.length === 0 ? 1 : 0;
}

void main();
