import { condition } from '@temporalio/workflow';

/**
 * A workflow's time, epoch seconds. Without a test clock it is Temporal's; with one it stands still until the clock's workflow advances it.
 * It never goes back, whatever a message says.
 */
export class Clock {
  private virtual: number;

  constructor(
    private readonly testClock: string | null,
    start: number,
  ) {
    this.virtual = start;
  }

  now(): number {
    return this.testClock === null ? Math.max(this.virtual, Math.floor(Date.now() / 1000)) : this.virtual;
  }

  moveTo(now: number): void {
    this.virtual = Math.max(this.virtual, now);
  }

  /** Waits until `wakeUp` holds or `time` has come. On a test clock it sets no timer, because time arrives as a message. */
  async until(time: number | null, wakeUp: () => boolean, summary: string): Promise<void> {
    if (this.testClock !== null || time === null) {
      await condition(wakeUp);
      return;
    }
    const milliseconds = Math.max(time * 1000 - Date.now(), 1);
    await condition(wakeUp, milliseconds, { summary });
  }
}
