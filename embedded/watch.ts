import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from './progress';

/** The programs that a change of sources can restart. */
export interface Restartable {
  restart(programs: readonly string[]): Promise<void>;
}

type ProgramName = 'server' | 'worker';

const root = join(__dirname, '..');
const BOTH: readonly ProgramName[] = ['worker', 'server'];

/** The programs that run the sources of a folder. */
const RUN_BY: Record<string, readonly ProgramName[]> = {
  ...{ domain: BOTH, db: BOTH, objects: BOTH, gateways: BOTH, webhooks: BOTH, temporal: BOTH, observability: BOTH },
  ...{ workflows: BOTH, server: ['server'], activities: ['worker'], worker: ['worker'] },
};

/** An editor may write several times when it saves, and switching branches writes many files; changes within this time count as one. */
const settleMs = 300;

/** Restarts the worker, the server or both when their sources change. Migrations and `embedded` itself need a new start. */
export function watchSources(stack: Restartable, progress: Progress, folder: string = root): void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    const files = [...changed];
    changed.clear();
    const programs = programsOf(files);
    if (files.some((file) => file.endsWith('.sql'))) progress.say('A migration changed: stop, and start again, to apply it.');
    if (programs.length === 0) return;
    progress.say(`${files.length === 1 ? String(files[0]) : `${files.length} files`} changed: restarting ${programs.join(' and ')} …`);
    void stack.restart(programs);
  };
  for (const each of Object.keys(RUN_BY).filter((name) => existsSync(join(folder, name)))) {
    watch(join(folder, each), { recursive: true }, (_event, name) => {
      if (name === null || !/\.(ts|sql)$/.test(name)) return;
      changed.add(`${each}/${name}`);
      clearTimeout(timer);
      timer = setTimeout(flush, settleMs);
    }).unref();
  }
  progress.say('Watching: a saved source restarts the programs that run it.');
}

/** The programs that run these sources, worker first, because the server does not wait for it. */
export function programsOf(files: readonly string[]): readonly ProgramName[] {
  const sources = files.filter((file) => file.endsWith('.ts'));
  return BOTH.filter((program) => sources.some((file) => RUN_BY[file.split('/')[0] ?? '']?.includes(program)));
}
