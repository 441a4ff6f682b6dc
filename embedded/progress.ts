/** Shows progress to people. */
export interface Progress {
  /** Shows one line. */
  say(line: string): void;
  /** Runs a step, and shows its name and its duration so far if it takes over a second. */
  during<T>(name: string, step: () => Promise<T>): Promise<T>;
}

const firstWordMs = 1_000;
const firstReminderMs = 10_000;
const redrawMs = 1_000;

/** Progress for a log file: a line when a step begins, one after 10, 20, 40 … seconds, and one when it is done. */
export function linesTo(write: (line: string) => void): Progress {
  return {
    say: write,
    async during(name, step) {
      const startedMs = Date.now();
      const elapsed = (): string => `${Math.round((Date.now() - startedMs) / 1000)} s`;
      let reminder: NodeJS.Timeout | undefined;
      const remindIn = (ms: number): void => {
        reminder = setTimeout(() => {
          write(`${name} … ${elapsed()}`);
          remindIn(ms * 2);
        }, ms);
      };
      const firstWord = setTimeout(() => {
        write(`${name} …`);
        remindIn(firstReminderMs);
      }, firstWordMs);
      try {
        const result = await step();
        if (reminder !== undefined) write(`${name}: done in ${elapsed()}`);
        return result;
      } finally {
        clearTimeout(firstWord);
        clearTimeout(reminder);
      }
    },
  };
}

/** The parts of a terminal that this file uses: a stream that knows its width. */
export interface Terminal {
  columns?: number;
  write(text: string): unknown;
}

/**
 * Progress for a terminal: the running steps share one last line, which counts their seconds and disappears when they are done. Other lines
 * scroll above it.
 */
export function lineOn(terminal: Terminal): Progress {
  const startedMs = new Map<string, number>();
  const draw = (): void => {
    const running = [...startedMs].map(([name, ms]) => [name, Math.round((Date.now() - ms) / 1000)] as const);
    const line = running.filter(([, seconds]) => seconds > 0).map(([name, seconds]) => `${name} … ${seconds} s`);
    terminal.write(`${CLEAR_LINE}${line.join(', ').slice(0, (terminal.columns ?? 80) - 1)}`);
  };
  return {
    say(line) {
      terminal.write(`${CLEAR_LINE}${line}\n`);
      if (startedMs.size > 0) draw();
    },
    async during(name, step) {
      startedMs.set(name, Date.now());
      const redraw = setInterval(draw, redrawMs);
      try {
        return await step();
      } finally {
        clearInterval(redraw);
        startedMs.delete(name);
        draw();
      }
    },
  };
}

/** ECMA-48: to the start of the line, and erase to its end. */
const CLEAR_LINE = '\r\u001b[K';

/** Shows nothing. */
export const silent: Progress = { say: () => undefined, during: async (_name, step) => step() };
