import { documents, textOf } from '../architecture/repository';
import { blocksOf, useDocuments, withCommands } from './commands';

const { outputOf } = useDocuments();

// The pages of the manual are in commands.slow.test.ts.
test.each(withCommands.filter((document) => document.startsWith('docs/guides/')))(
  '%s: its commands work',
  async (document) => {
    expect(await outputOf(document)).not.toContain('"error":{');
  },
  150_000,
);

test('the README’s first subscription is paid, and the example ends with status active', async () => {
  const output = await outputOf('README.md');
  expect(output).toMatch(/"status":\s*"active"/);
  expect(output.trimEnd().split('\n').slice(-4)).toEqual([
    'active',
    expect.stringMatching(/paid [2-9] 2026-03-31/) as string,
    expect.stringMatching(/paid 1 2026-02-28/) as string,
    expect.stringMatching(/paid 1 2026-01-31/) as string,
  ]);
}, 150_000);

test('every curl example can be run', () => {
  const calls = documents.flatMap((name) => blocksOf(name).map((block) => ({ name, ...block })));
  expect(calls.filter(({ info, text }) => info === 'sh' && /\bcurl\b/.test(text)).map(({ name }) => name)).toEqual([]);
  expect(textOf('README.md')).toContain('```sh run');
});

// An interactive zsh, the shell of macOS, refuses words with such characters that match no file, and takes `#` for a command.
test('every command can be pasted into zsh', () => {
  const commands = documents.flatMap((name) =>
    blocksOf(name)
      .filter(({ info }) => info.startsWith('sh'))
      .map(({ text }) => ({ name, text })),
  );
  const unquoted = commands.flatMap(({ name, text }) =>
    text
      .replaceAll(/'[^']*'|"[^"]*"/g, '""')
      .split('\n')
      .filter((line) => /[*?]|\[(?! )|(?<! )\]|(?:^|\s)#/.test(line))
      .map((line) => `${name}: ${line}`),
  );
  expect(unquoted).toEqual([]);
});
