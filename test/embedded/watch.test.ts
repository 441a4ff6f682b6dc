import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../../embedded/progress';
import { programsOf, watchSources } from '../../embedded/watch';
import { cleanUp, temporaryFolder, until } from './launcher';

afterEach(cleanUp);

test('saving a source restarts the programs that run it, and nothing else', () => {
  expect(programsOf(['server/routes/index.ts'])).toEqual(['server']);
  expect(programsOf(['activities/commit.ts'])).toEqual(['worker']);
  expect(programsOf(['domain/money/money.ts', 'server/app.ts'])).toEqual(['worker', 'server']);
  expect(programsOf(['db/migrations/0001-resources.sql', 'docs/limits.md'])).toEqual([]);
});

test('files that are saved together cause one restart', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'server', 'routes'), { recursive: true });
  const restarted: (readonly string[])[] = [];
  watchSources({ restart: (names) => Promise.resolve(void restarted.push(names)) }, silent, folder);
  for (const name of ['app.ts', 'routes/index.ts', 'notes.md']) writeFileSync(join(folder, 'server', name), '');
  await until('something is restarted', () => restarted.length > 0);
  expect(restarted).toEqual([['server']]);
});
