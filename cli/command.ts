/** How a command is declared: its arguments and options, examples for its help, and what it does. */
import { Option, type Command } from 'commander';
import { outputOf, type Output } from './output';

export interface Given {
  /** In the order of the usage. */
  args: readonly string[];
  options: Readonly<Record<string, string | boolean | string[] | undefined>>;
  output: Output;
}

interface Declaration {
  /** `advance <clock>` */
  usage: string;
  summary: string;
  /** With flags, and what each is for. */
  options?: readonly (readonly [flags: string, description: string])[];
  /** What follows `dunlin `. */
  examples: readonly string[];
  run: (given: Given) => Promise<void>;
}

export function declare(parent: Command, { usage, summary, options = [], examples, run }: Declaration): void {
  const command = parent.command(usage).description(summary);
  for (const [flags, description] of options) command.addOption(new Option(flags, description));
  command
    .option('--json', 'print JSON, one object a line')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ dunlin ${example}`).join('\n')}`)
    .action(async () => {
      const { json, ...rest } = command.opts<{ json?: boolean } & Given['options']>();
      await run({ args: command.args, options: rest, output: outputOf(json === true) });
    });
}

/** An option that takes a text. */
export function textOption({ options }: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
