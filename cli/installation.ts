/** Where Dunlin is: what the environment says, or what `dunlin start` on this machine has written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { loadConfig, publicUrlOf, type Config } from '../config';
import { connect, type Sql } from '../db/connect';
import type { DevFile } from '../embedded/data-folder';
import { stripeClient } from '../gateways/stripe-client';
import { textOption, type Given } from './command';
import { CommandFailed, WrongUsage } from './output';

/** What `dunlin start` on this machine has written, if it runs. */
export function running(config: Config = loadConfig()): DevFile | null {
  try {
    return JSON.parse(readFileSync(join(config.dataFolder, 'dev.json'), 'utf8')) as DevFile;
  } catch {
    return null;
  }
}

/** The settings, with what the running Dunlin of this machine has chosen for itself. */
export function settings(): Config {
  const config = loadConfig();
  const found = running(config);
  return {
    ...config,
    databaseUrl: config.databaseUrl ?? found?.databaseUrl,
    temporalAddress: config.temporalAddress ?? found?.temporalAddress,
    publicUrl: config.publicUrl ?? found?.url,
    apiKey: config.apiKey ?? found?.apiKey,
  };
}

const NOWHERE = 'or run `npx dunlin start` on this machine';

/** Does something with the database, and lets it go. */
export async function withDatabase<T>(name: string, work: (sql: Sql, config: Config) => Promise<T>): Promise<T> {
  const config = settings();
  if (config.databaseUrl === undefined) throw new CommandFailed(`no Dunlin is known: set DATABASE_URL, ${NOWHERE}`);
  const sql = connect(config.databaseUrl, { max: 1, name: `dunlin-${name}` });
  try {
    return await work(sql, config);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The options of every command that calls the API. */
export const API_OPTIONS = [
  ['--url <url>', 'where the API is; else DUNLIN_URL, PUBLIC_URL, or the Dunlin that runs on this machine'],
  ['--key <key>', 'an API key; else DUNLIN_API_KEY, or the test key of the Dunlin that runs on this machine'],
] as const;

export interface Api {
  url: string;
  key: string;
  stripe: Stripe;
}

const REQUEST_MS = 60_000;

/** The API, by Stripe's official SDK. */
export function apiOf(given: Given): Api {
  const config = settings();
  const key = textOption(given, 'key') ?? config.apiKey;
  if (key === undefined) throw new CommandFailed(`no API key is known: set DUNLIN_API_KEY, ${NOWHERE}`);
  const url = textOption(given, 'url') ?? config.apiUrl ?? publicUrlOf(config);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new WrongUsage(`--url must be an http or https URL, not '${url}'`);
  return { url, key, stripe: stripeClient({ key, url, timeout: REQUEST_MS }) };
}
