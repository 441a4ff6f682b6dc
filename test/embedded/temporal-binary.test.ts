import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { silent } from '../../embedded/progress';
import { findTemporal } from '../../embedded/temporal-binary';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunlin-cli-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A program with the given shell script. */
function program(path: string, body: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const system = ['/usr/bin', '/bin'];
const search = (bins: string[]): Promise<string> =>
  findTemporal({ env: { PATH: bins.join(delimiter), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') }, progress: silent });

test('the CLI on PATH is preferred', async () => {
  const onPath = program(join(folder, 'bin', 'temporal'), 'exit 0');
  program(join(folder, 'cache', 'dunlin', 'temporal'), 'exit 0');
  expect(await search([join(folder, 'bin')])).toBe(onPath);
});

test('a CLI that does not run is skipped for the cached copy', async () => {
  program(join(folder, 'bin', 'temporal'), 'exit 1');
  const cached = program(join(folder, 'cache', 'dunlin', 'temporal'), 'exit 0');
  expect(await search([join(folder, 'bin')])).toBe(cached);
});

describe('without a download', () => {
  beforeEach(() => {
    jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'));
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('a partial copy in the cache is replaced by one that Go builds, at the pinned version', async () => {
    const cached = program(join(folder, 'cache', 'dunlin', 'temporal'), 'exit 1');
    program(join(folder, 'bin', 'go'), `echo "$@" > "$HOME/asked"; printf '#!/bin/sh\\nexit 0\\n' > "$GOBIN/temporal"`);
    expect(await search([join(folder, 'bin'), ...system])).toBe(cached);
    expect(readdirSync(join(folder, 'cache', 'dunlin')).filter((name) => name.startsWith('unfinished'))).toEqual([]);
    expect(await search([])).toBe(cached);
  });

  test('of two first starts at the same time, one builds the CLI and the other waits for it', async () => {
    program(join(folder, 'bin', 'go'), `echo built >> "$HOME/asked"; sleep 1; printf '#!/bin/sh\\nexit 0\\n' > "$GOBIN/temporal"`);
    const bins = [join(folder, 'bin'), ...system];
    const cached = join(folder, 'cache', 'dunlin', 'temporal');
    expect(await Promise.all([search(bins), search(bins)])).toEqual([cached, cached]);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('built\n');
  });

  test('a start that was killed while it built the CLI holds up no other', async () => {
    mkdirSync(join(folder, 'cache', 'dunlin'), { recursive: true });
    writeFileSync(
      join(folder, 'cache', 'dunlin', 'temporal.turn'),
      JSON.stringify({ pid: process.pid, startedAt: 'of an earlier process' }),
    );
    program(join(folder, 'bin', 'go'), `printf '#!/bin/sh\\nexit 0\\n' > "$GOBIN/temporal"`);
    expect(await search([join(folder, 'bin'), ...system])).toBe(join(folder, 'cache', 'dunlin', 'temporal'));
    expect(readdirSync(join(folder, 'cache', 'dunlin')).sort()).toEqual(['go-install.log', 'temporal']);
  });

  test('a failed build that leaves a partial binary puts nothing into the cache, and the message names the four ways', async () => {
    program(join(folder, 'bin', 'go'), `printf 'half' > "$GOBIN/temporal"; exit 1`);
    await expect(search([join(folder, 'bin'), ...system])).rejects.toThrow(/TEMPORAL_ADDRESS[^]*PATH[^]*temporal\.download[^]*Go/);
    expect(readdirSync(join(folder, 'cache', 'dunlin'))).toEqual(['go-install.log']);
  });
});
