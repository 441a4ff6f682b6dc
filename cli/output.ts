/** What a command prints: words for people, or with `--json` one object a line for programs. */
import { ConfigError } from '../config';
import { lineOn, linesTo, silent, type Progress } from '../embedded/progress';

export interface Output {
  isJson: boolean;
  /** A result: the words, or the same as an object. */
  show(words: string, object: unknown): void;
  /** What only people need: hints, and where something is. */
  note(words: string): void;
  /** Of steps that take long. */
  progress: Progress;
}

/** A command that was given rightly and did not succeed. The process ends with 1. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
}

/** A command that was given wrongly. The process ends with 2. */
export class WrongUsage extends Error {
  override name = 'WrongUsage';
}

export function outputOf(isJson: boolean): Output {
  const write = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  if (isJson) return { isJson, show: (_words, object) => write(JSON.stringify(object)), note: () => undefined, progress: silent };
  const progress = process.stdout.isTTY ? lineOn(process.stdout) : linesTo(write);
  return { isJson, show: (words) => progress.say(words), note: (words) => progress.say(words), progress };
}

/** The last word of a command that failed. */
export function complain(error: unknown, isJson: boolean): void {
  const message = messageOf(error);
  process.stderr.write(
    isJson ? `${JSON.stringify({ error: { message } })}\n` : `${error instanceof ConfigError ? '' : 'dunlin: '}${message}\n`,
  );
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error.cause;
  const message = error.message === '' && inner instanceof Error ? inner.message : error.message;
  return error.message !== '' && inner instanceof Error ? `${message}: ${inner.message}` : message;
}
