import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { lastWords, startChild, stopChild } from '../../embedded/child';
import { rotateLogs } from '../../embedded/logs';
import { cleanUp, temporaryFolder, until } from './launcher';

afterEach(cleanUp);

test('a log that grows too long while its program runs is rotated, and the program continues to write', async () => {
  const folder = join(temporaryFolder(), 'logs');
  mkdirSync(folder);
  const logFile = join(folder, 'talker.log');
  const talk = 'let n = 0; setInterval(() => { for (let i = 0; i < 20; i += 1) console.log(`line ${n++} ${"x".repeat(80)}`); }, 5)';
  const child = await startChild({
    ...{ name: 'talker', command: process.execPath, args: ['-e', talk] },
    ...{ env: childEnvironment({ NODE_OPTIONS: '' }), logFile },
  });
  const rotation = rotateLogs(folder, { bytesMax: 100_000, everyMs: 50 });
  const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  await until('it was set aside', () => size(`${logFile}.1`) > 100_000);
  await until('it was written on', () => size(logFile) > 0);
  await rotation.stop();
  await until('it was written on', () => size(logFile) > 1_000);
  await stopChild(child);
  expect(size(logFile)).toBeLessThan(1_000_000);
  // It begins with a line, not with the hole that a file has whose writer stands further on.
  expect(readFileSync(logFile).subarray(0, 1).toString()).not.toBe('\0');
  expect(lastWords(child, 2)).toMatch(/^line \d+ x+\nline \d+ x+$/);
});
