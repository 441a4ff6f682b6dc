/** commands.test.ts has the guides and the README. */
import { useDocuments, withCommands } from './commands';

const { outputOf } = useDocuments();

test.each(withCommands)(
  '%s: its commands work',
  async (document) => {
    expect(await outputOf(document)).not.toContain('"error":{');
  },
  150_000,
);
