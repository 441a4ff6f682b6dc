/** Somewhere to say what goes on. */
export interface Progress {
  /** One line for people. */
  say(line: string): void;
  /** Runs a step and prints its name once it takes over a second, then every ten seconds how long it has been going on. */
  during<T>(name: string, step: () => Promise<T>): Promise<T>;
}

const firstWordMs = 1_000;
const reminderMs = 10_000;

/** Progress that is written line by line, readable on a terminal and in a log file alike. */
export function linesTo(write: (line: string) => void): Progress {
  return {
    say: write,
    async during(name, step) {
      const startedMs = Date.now();
      const elapsed = (): string => `${Math.round((Date.now() - startedMs) / 1000)} s`;
      let reminder: NodeJS.Timeout | undefined;
      const firstWord = setTimeout(() => {
        write(`${name} …`);
        reminder = setInterval(() => {
          write(`${name} … ${elapsed()}`);
        }, reminderMs);
      }, firstWordMs);
      try {
        const result = await step();
        if (reminder !== undefined) write(`${name}: done in ${elapsed()}`);
        return result;
      } finally {
        clearTimeout(firstWord);
        clearInterval(reminder);
      }
    },
  };
}

/** Progress that nobody reads. */
export const silent: Progress = { say: () => undefined, during: async (_name, step) => step() };
