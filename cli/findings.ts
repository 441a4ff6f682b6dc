/** What a check has found, shown one by one: what is fine, what will go wrong, and what is wrong, with what to do. */
import type { Output } from './output';

export type Level = 'ok' | 'warning' | 'failed';

export interface Finding {
  /** What was looked at: `database`. */
  about: string;
  level: Level;
  says: string;
  /** What to do about it. */
  advice?: string;
}

const SIGNS: Record<Level, string> = { ok: 'ok  ', warning: 'WARN', failed: 'FAIL' };

export class Findings {
  private readonly levels: Level[] = [];

  constructor(private readonly output: Output) {}

  add({ about, level, says, advice }: Finding): void {
    this.levels.push(level);
    const lines = [`${SIGNS[level]}  ${says}`, ...(advice === undefined ? [] : [`      ${advice}`])];
    this.output.show(lines.join('\n'), { about, level, says, advice: advice ?? null });
  }

  count(level: Level): number {
    return this.levels.filter((each) => each === level).length;
  }
}
