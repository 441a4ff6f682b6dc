import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child';
import type { Progress } from './progress';

/** A part that runs as one child process. */
export interface Service {
  name: string;
  /**
   * Starts it and waits until it is ready. `onChild` receives each process at once, before it is ready.
   *
   * @throws Error if it dies first
   */
  start(onChild: (child: Child) => void): Promise<Child>;
  stop(child: Child): Promise<void>;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Keeps one service running: if its process dies, it is restarted. A process that was ready is restarted at once, however often it is
 * killed. One that dies before it is ready is restarted less and less often, up to every five seconds.
 */
export class Supervisor {
  readonly service: Service;
  private readonly progress: Progress;
  private readonly noteChanges: () => void;
  private readonly children = new Set<Child>();
  private stopping = false;
  private pauseMs = firstPauseMs;

  /** @param noteChanges called whenever the processes of this service have changed */
  constructor(service: Service, progress: Progress, noteChanges: () => void) {
    this.service = service;
    this.progress = progress;
    this.noteChanges = noteChanges;
  }

  /** The running processes of this service. */
  get running(): Child[] {
    return [...this.children];
  }

  /**
   * Starts it for the first time.
   *
   * @throws Error if it does not become ready; it is not retried then
   */
  async start(): Promise<void> {
    this.watch(await this.service.start(this.adopt));
  }

  /** Stops the running process, so that it restarts from the present sources. A process that is starting is left alone. */
  async restart(): Promise<void> {
    await Promise.all(this.running.map((child) => this.service.stop(child)));
  }

  /** Stops it, even during a start; a process that starts after this is stopped at once. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running.map((child) => this.service.stop(child)));
  }

  /** Kills its processes. */
  kill(kill: (child: Child) => void): void {
    this.stopping = true;
    this.running.forEach(kill);
  }

  private readonly adopt = (child: Child): void => {
    this.children.add(child);
    this.noteChanges();
    void child.ended.then(() => {
      this.children.delete(child);
      this.noteChanges();
    });
    if (this.stopping) void this.service.stop(child);
  };

  private watch(child: Child): void {
    this.pauseMs = firstPauseMs;
    void child.ended.then(async (how) => {
      if (this.stopping) return;
      this.progress.say(`${this.service.name} ${how}, starting it again (log: ${child.logFile})`);
      await this.startAgain();
    });
  }

  private async startAgain(): Promise<void> {
    for (;;) {
      await sleep(this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs);
      if (this.stopping || (await this.tryAgain())) return;
    }
  }

  private async tryAgain(): Promise<boolean> {
    const { name } = this.service;
    try {
      const child = await this.service.start(this.adopt);
      this.progress.say(`${name} runs again`);
      this.watch(child);
      return true;
    } catch (error) {
      const [reason = ''] = String(error).split('\n');
      if (!this.stopping) this.progress.say(`${name} did not start (${reason}), trying again in ${Math.ceil(this.pauseMs / 1000)} s`);
      return false;
    }
  }
}
