/**
 * Creates accounts and keys, which the API cannot: `npm run account -- create "Name" [--country CH] [--currency chf]`, `npm run account --
 * list`, `npm run account -- owner acct_… you@example.com`, `npm run account -- link you@example.com`, `npm run account -- key acct_… [--live] [--name "Shop"]`, `npm run account -- revoke acct_… abcd` (the last four of the key). Uses
 * DATABASE_URL, or the database of the running `npm start` on this machine.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { createAccount, findAccount, listAccounts } from '../db/accounts';
import { newApiKey, revokeApiKey, saveApiKey } from '../db/api-keys';
import { connect, type Sql } from '../db/connect';
import { findUserByEmail, insertLink, insertUser } from '../db/users';

const USAGE = `Usage:
  npm run account -- create "Name" [--country CH] [--currency chf]
  npm run account -- list
  npm run account -- owner acct_… you@example.com [--name "Ann"]
  npm run account -- link you@example.com
  npm run account -- key acct_… [--live] [--name "Shop"]
  npm run account -- revoke acct_… <last four of the key>`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { country: { type: 'string' }, currency: { type: 'string' }, live: { type: 'boolean' }, name: { type: 'string' } },
  });
  const [command, first, second] = positionals;
  const run = COMMANDS[command ?? ''];
  if (!run) throw new Error(USAGE);
  const sql = connect(databaseUrl(), { max: 1, name: 'dunlin-account' });
  try {
    await run(sql, { first, second, ...values });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

interface Given {
  first?: string | undefined;
  second?: string | undefined;
  country?: string | undefined;
  currency?: string | undefined;
  live?: boolean | undefined;
  name?: string | undefined;
}

const COMMANDS: Record<string, (sql: Sql, given: Given) => Promise<void>> = { create, list, owner, link, key, revoke };

async function create(sql: Sql, { first: name, country, currency }: Given): Promise<void> {
  if (name === undefined) throw new Error(USAGE);
  const { account, keys } = await createAccount(sql, {
    name,
    ...(country && { country }),
    ...(currency && { currency: currency.toLowerCase() }),
  });
  say(`${account}  ${name}`, `  test  ${keys.test}`, `  live  ${keys.live}`, 'The keys are shown this once: only their hashes are kept.');
}

async function list(sql: Sql): Promise<void> {
  for (const { id, name, keys } of await listAccounts(sql)) say(`${id}  ${name}`, ...keys.map((each) => `  ${each}`));
}

/** Another owner of the console: the first one, or one for a seller who has lost all of theirs. */
async function owner(sql: Sql, { first: account = '', second: email, name }: Given): Promise<void> {
  if (email === undefined) throw new Error(USAGE);
  if (!(await findAccount(sql, account))) throw new Error(`There is no account '${account}'.`);
  const user = await insertUser(sql, { account, email, name: name ?? null, role: 'owner', now: epochSeconds() });
  if (user === null) throw new Error(`The address '${email}' belongs to a user already.`);
  await sayLink(sql, user.id);
}

/** For a user who cannot log in. */
async function link(sql: Sql, { first: email = '' }: Given): Promise<void> {
  const user = await findUserByEmail(sql, email);
  if (user === null) throw new Error(`No user has the address '${email}'.`);
  await sayLink(sql, user.id);
}

async function sayLink(sql: Sql, user: string): Promise<void> {
  const token = await insertLink(sql, { id: user, now: epochSeconds() });
  say(`${baseUrl()}/console/setup/${token}`, 'It sets the password, once, within three days.');
}

async function key(sql: Sql, { first: account = '', live = false, name }: Given): Promise<void> {
  if (!(await findAccount(sql, account))) throw new Error(`There is no account '${account}'.`);
  const made = newApiKey(live);
  await saveApiKey(sql, { account, livemode: live, key: made, name: name ?? null, now: epochSeconds() });
  say(made, 'Shown this once: only its hash is kept.');
}

async function revoke(sql: Sql, { first: account = '', second: last4 = '' }: Given): Promise<void> {
  const revoked = await revokeApiKey(sql, { account, last4, now: epochSeconds() });
  if (revoked === 0) throw new Error(`The account '${account}' has no key in use that ends in '${last4}'.`);
  say('Revoked. Servers that know it stop taking it within half a minute.');
}

function databaseUrl(): string {
  const given = loadConfig().databaseUrl ?? running()?.databaseUrl;
  if (given === undefined) throw new Error('Set DATABASE_URL, or run `npm start` first.');
  return given;
}

/** Where people open the console. */
const baseUrl = (): string => loadConfig().publicUrl ?? running()?.url ?? 'PUBLIC_URL';

/** What `npm start` on this machine has written, if it runs. */
function running(): { databaseUrl: string; url: string } | null {
  try {
    return JSON.parse(readFileSync(join(loadConfig().dataFolder, 'dev.json'), 'utf8')) as { databaseUrl: string; url: string };
  } catch {
    return null;
  }
}

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

const epochSeconds = (): number => Math.floor(Date.now() / 1000);

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
