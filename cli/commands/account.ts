/** Accounts, keys and first owners, which the API cannot make. */
import type { Command } from 'commander';
import { loadConfig } from '../../config';
import { createAccount, findAccount, listAccounts } from '../../db/accounts';
import { newApiKey, revokeApiKey, saveApiKey } from '../../db/api-keys';
import type { Sql } from '../../db/connect';
import { findUserByEmail, insertLink, insertUser } from '../../db/users';
import { declare, textOption, type Given } from '../command';
import { running, withDatabase } from '../installation';
import { CommandFailed } from '../output';

const NAME = ['--name <name>', 'how people recognize it'] as const;

export function account(program: Command): void {
  const parent = program.command('account').description('create accounts, keys and owners of the console');
  const of = (declaration: Omit<Parameters<typeof declare>[1], 'run'>, work: (sql: Sql, given: Given) => Promise<void>): void =>
    declare(parent, { ...declaration, run: (given) => withDatabase('account', (sql) => work(sql, given)) });
  const place = [['--country <code>', 'two letters, such as CH'] as const, ['--currency <code>', 'three letters, such as chf'] as const];
  of(
    {
      usage: 'create <name>',
      summary: 'create a seller',
      options: place,
      examples: ['account create "Larch" --country CH --currency chf'],
    },
    create,
  );
  of({ usage: 'list', summary: 'list sellers with their keys', examples: ['account list', 'account list --json'] }, list);
  of(
    {
      usage: 'owner <account> <email>',
      summary: 'make an owner of the console, and the link that sets the password',
      options: [NAME],
      examples: ['account owner acct_1 ann@example.com --name "Ann"'],
    },
    owner,
  );
  of({ usage: 'link <email>', summary: 'make a link that sets a user’s password', examples: ['account link ann@example.com'] }, link);
  of(
    {
      usage: 'key <account>',
      summary: 'make a secret key',
      options: [['--live', 'of live mode; else of test mode'], NAME],
      examples: ['account key acct_1 --live --name "Shop"'],
    },
    key,
  );
  of({ usage: 'revoke <account> <last4>', summary: 'revoke the key that ends so', examples: ['account revoke acct_1 4f2a'] }, revoke);
}

async function create(sql: Sql, given: Given): Promise<void> {
  const [name = ''] = given.args;
  const [country, currency] = [textOption(given, 'country'), textOption(given, 'currency')?.toLowerCase()];
  const made = await createAccount(sql, { name, ...(country && { country }), ...(currency && { currency }) });
  const { account, keys } = made;
  given.output.show(`${account}  ${name}\n  test  ${keys.test}\n  live  ${keys.live}`, { account, name, keys });
  given.output.note('The keys are shown this once: only their hashes are kept.');
}

async function list(sql: Sql, { output }: Given): Promise<void> {
  for (const each of await listAccounts(sql))
    output.show([`${each.id}  ${each.name}`, ...each.keys.map((key) => `  ${key}`)].join('\n'), each);
}

/** Another owner of the console: the first one, or one for a seller who has lost all of theirs. */
async function owner(sql: Sql, given: Given): Promise<void> {
  const [account = '', email = ''] = given.args;
  await assertAccount(sql, account);
  const user = await insertUser(sql, { account, email, name: textOption(given, 'name') ?? null, role: 'owner', now: epochSeconds() });
  if (user === null) throw new CommandFailed(`The address '${email}' belongs to a user already.`);
  await showLink(sql, user.id, given);
}

/** For a user who cannot log in. */
async function link(sql: Sql, given: Given): Promise<void> {
  const [email = ''] = given.args;
  const user = await findUserByEmail(sql, email);
  if (user === null) throw new CommandFailed(`No user has the address '${email}'.`);
  await showLink(sql, user.id, given);
}

async function showLink(sql: Sql, user: string, { output }: Given): Promise<void> {
  const url = `${baseUrl()}/console/setup/${await insertLink(sql, { id: user, now: epochSeconds() })}`;
  output.show(url, { url });
  output.note('It sets the password, once, within three days.');
}

async function key(sql: Sql, given: Given): Promise<void> {
  const [account = ''] = given.args;
  await assertAccount(sql, account);
  const livemode = given.options['live'] === true;
  const made = newApiKey(livemode);
  await saveApiKey(sql, { account, livemode, key: made, name: textOption(given, 'name') ?? null, now: epochSeconds() });
  given.output.show(made, { key: made, livemode });
  given.output.note('Shown this once: only its hash is kept.');
}

async function revoke(sql: Sql, { args: [account = '', last4 = ''], output }: Given): Promise<void> {
  const revoked = await revokeApiKey(sql, { account, last4, now: epochSeconds() });
  if (revoked === 0) throw new CommandFailed(`The account '${account}' has no key in use that ends in '${last4}'.`);
  output.show('Revoked. Servers that know it stop taking it within half a minute.', { revoked });
}

async function assertAccount(sql: Sql, id: string): Promise<void> {
  if (!(await findAccount(sql, id))) throw new CommandFailed(`There is no account '${id}'.`);
}

/** Where people open the console. */
const baseUrl = (): string => loadConfig().publicUrl ?? running()?.url ?? 'PUBLIC_URL';

const epochSeconds = (): number => Math.floor(Date.now() / 1000);
