import type { Command } from 'commander';
import { declare, textOption, type Given } from '../command';
import { follow, type ShownEvent } from '../following';
import { Forwarder, newSecret } from '../forwarding';
import { API_OPTIONS, apiOf } from '../installation';
import { WrongUsage } from '../output';

const OPTIONS = [
  ['--types <types>', 'only these, separated by commas: invoice.paid,customer.*'],
  ['--last <count>', 'so many of the past events first, at most 100'],
  ['--limit <count>', 'stop after so many'],
  ...API_OPTIONS,
] as const;

export function events(program: Command): void {
  const parent = program.command('events').description('follow events, or forward them to a webhook');
  declare(parent, {
    usage: 'tail',
    summary: 'show events as they are written',
    options: OPTIONS,
    examples: ['events tail', 'events tail --types "invoice.*,charge.failed"', 'events tail --last 20 --json'],
    async run(given) {
      const { output } = given;
      const { stripe } = apiOf(given);
      const onReady = (): void => output.note('Waiting for events. Ctrl-C ends it.');
      const onEvent = (event: ShownEvent): Promise<void> => {
        output.show(inWords(event), event);
        return Promise.resolve();
      };
      await follow(stripe, { ...followed(given), onReady, onEvent });
    },
  });
  declare(parent, {
    usage: 'forward',
    summary: 'send events to a webhook under development, signed as Dunlin signs them, one after the other, with retries',
    options: [['--to <url>', 'the webhook'], ['--secret <secret>', 'to sign with, whsec_…; else a new one, which is printed'], ...OPTIONS],
    examples: [
      'events forward --to http://localhost:3000/webhook',
      'events forward --to http://localhost:3000/webhook --types "invoice.*"',
    ],
    run: forwardEvents,
  });
}

async function forwardEvents(given: Given): Promise<void> {
  const { output } = given;
  const to = textOption(given, 'to');
  if (to === undefined || !/^https?:\/\//.test(to) || !URL.canParse(to))
    throw new WrongUsage('--to must be the http or https URL of a webhook');
  const secret = textOption(given, 'secret') ?? newSecret();
  if (!secret.startsWith('whsec_')) throw new WrongUsage('--secret must be the secret of a webhook: whsec_…');
  const { stripe } = apiOf(given);
  output.show(`Webhook secret: ${secret}`, { secret });
  const forwarder = new Forwarder({ to: new URL(to), secret });
  await follow(stripe, {
    ...followed(given),
    onReady: () => output.note(`Forwarding to ${to}. Ctrl-C ends it.`),
    async onEvent(event) {
      for await (const { attempt, status, error, isLast } of forwarder.send(event)) {
        const outcome = error === null ? `answered ${status ?? 0}` : `${error}${isLast ? '; given up' : '; tried again'}`;
        output.show(`${inWords(event)}  ${outcome}`, {
          event: event.id,
          type: event.type,
          attempt,
          status,
          error,
          given_up: isLast && error !== null,
        });
      }
    },
  });
}

function followed(given: Given): { types: string[]; last: number; limit: number | null } {
  const types = (textOption(given, 'types') ?? '')
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '');
  const last = countOf(given, 'last', 0, 100) ?? 0;
  return { types, last, limit: countOf(given, 'limit', 1, Number.MAX_SAFE_INTEGER) };
}

function countOf(given: Given, name: string, least: number, most: number): number | null {
  const text = textOption(given, name);
  if (text === undefined) return null;
  const count = Number(text);
  if (!Number.isInteger(count) || count < least || count > most)
    throw new WrongUsage(`--${name} is a whole number from ${least} to ${most}`);
  return count;
}

function inWords({ id, type, created, data }: ShownEvent): string {
  return `${new Date(created * 1000).toISOString().slice(0, 19)}  ${type.padEnd(40)}  ${data.object.id ?? ''}  ${id}`;
}
