import { Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { loadConfig, publicUrlOf, type Config } from '../../config';
import * as facts from '../../db/checkup';
import { keySeal } from '../../db/installation-key';
import { migrationsOf } from '../../db/migrate';
import { temporalConnectionOptions } from '../../temporal/connect';
import { declare, type Given } from '../command';
import * as judge from '../doctor/database';
import { examineServer } from '../doctor/server';
import { examineTemporal } from '../doctor/temporal';
import { Findings, type Finding } from '../findings';
import { running, settings, withDatabase } from '../installation';
import { CommandFailed, messageOf } from '../output';

export function doctor(program: Command): void {
  declare(program, {
    usage: 'doctor',
    summary: 'check the database, Temporal, the task queues, clocks, keys, webhooks, processors, the disk, and what is held',
    options: [['--strict', 'end with 1 also for warnings']],
    examples: ['doctor', 'doctor --strict --json'],
    run: examine,
  });
}

async function examine(given: Given): Promise<void> {
  const findings = new Findings(given.output);
  const config = settings();
  const parts: [string, () => Promise<Finding[]>][] = [
    ['server', () => examineServer(config.apiUrl ?? publicUrlOf(config))],
    ['database', () => examineDatabase(config)],
    ['temporal', () => examineWorkflows(config)],
  ];
  for (const [about, look] of parts) {
    for (const finding of await look().catch((error: unknown) => [unreachable(about, error)])) findings.add(finding);
  }
  const [failed, warnings] = [findings.count('failed'), findings.count('warning')];
  given.output.note(`${failed} failed, ${warnings} warnings.`);
  if (failed > 0) throw new CommandFailed(`${failed} of what was checked is wrong`);
  if (warnings > 0 && given.options['strict'] === true) throw new CommandFailed(`there are ${warnings} warnings`);
}

const ADVICE: Readonly<Record<string, string>> = {
  database: 'Set DATABASE_URL to where Postgres is, or run npx dunlin start.',
  temporal: 'Set TEMPORAL_ADDRESS to where Temporal is, or run npx dunlin start.',
};

function unreachable(about: string, error: unknown): Finding {
  return { about, level: 'failed', says: `The ${about} cannot be examined: ${messageOf(error)}.`, advice: ADVICE[about] ?? '' };
}

async function examineDatabase({ processors, secrets }: Config): Promise<Finding[]> {
  return withDatabase('doctor', async (sql) => {
    const beforeMs = Date.now();
    const database = await facts.databaseFacts(sql);
    const found = [
      ...judge.judgeDatabase(database, (beforeMs + Date.now()) / 2),
      judge.judgeDisk({ ...database, folder: database.folder ?? localFolder() }),
    ];
    const schema = judge.judgeMigrations(await migrationsOf(sql));
    // The tables are not those that the other questions are about.
    if (schema.level === 'failed') return [...found, schema];
    return [
      ...[...found, schema],
      judge.judgeSeal(await keySeal(sql, secrets), secrets.length),
      ...judge.judgeKeys(await facts.keyFacts(sql, Math.floor(Date.now() / 1000))),
      ...judge.judgeEndpoints(await facts.failingEndpoints(sql)),
      ...judge.judgeProcessors(
        await facts.troubledProcessors(sql),
        processors.map(({ name }) => name),
      ),
      ...judge.judgeHeld(await facts.heldFacts(sql)),
      ...judge.judgeWaiting(await facts.waitingFacts(sql)),
    ];
  });
}

/** Where the Postgres of `dunlin start` has its files, if that is the one. */
const localFolder = (): string | null => (loadConfig().databaseUrl === undefined && running() !== null ? loadConfig().dataFolder : null);

async function examineWorkflows(config: Config): Promise<Finding[]> {
  const connection = await Connection.connect({ ...temporalConnectionOptions(config), connectTimeout: CONNECT_MS });
  try {
    return await examineTemporal(connection, config);
  } finally {
    await connection.close();
  }
}

const CONNECT_MS = 5_000;
