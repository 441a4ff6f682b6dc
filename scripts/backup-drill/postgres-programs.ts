/** Postgres's own programs. The password goes by the environment, where the list of processes does not show it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';

const execute = promisify(execFile);

/** @param folder where the programs are; null: on PATH */
export class PostgresPrograms {
  constructor(private readonly folder: string | null) {}

  /** @param snapshot the name of an exported one: the dump has exactly what that transaction sees */
  async dump(url: string, of: { file: string; snapshot: string }): Promise<void> {
    await this.run('pg_dump', url, ['--format=custom', '--no-owner', '--no-acl', `--snapshot=${of.snapshot}`, `--file=${of.file}`]);
  }

  async restore(url: string, of: { file: string; jobs: number }): Promise<void> {
    const database = decodeURIComponent(new URL(url).pathname.slice(1));
    const options = ['--no-owner', '--no-acl', '--exit-on-error', `--jobs=${String(of.jobs)}`, `--dbname=${database}`];
    await this.run('pg_restore', url, [...options, of.file]);
  }

  /** @throws Error with the last line that the program has printed */
  private async run(program: string, url: string, options: string[]): Promise<void> {
    const { hostname, port, username, password, pathname, searchParams } = new URL(url);
    const env = childEnvironment({
      ...{ PGHOST: hostname, PGPORT: port || '5432', PGDATABASE: decodeURIComponent(pathname.slice(1)) },
      ...{ PGUSER: decodeURIComponent(username), PGPASSWORD: decodeURIComponent(password) },
      PGSSLMODE: searchParams.get('sslmode') ?? undefined,
    });
    await execute(this.folder === null ? program : join(this.folder, program), options, { env }).catch((error: unknown) => {
      const { code, stderr = '' } = error as { code?: string; stderr?: string };
      if (code === 'ENOENT') throw new Error(`${program} is not there: install Postgres's client programs, or name their folder by --bin.`);
      throw new Error(`${program}: ${stderr.trim().split('\n').at(-1) ?? 'failed'}`);
    });
  }
}
