import { isError } from './errors';
import { DEADLINES } from '../domain/core/deadlines';

/** Checks that one part answers; throws if it does not. */
export type Check = () => Promise<unknown>;

export interface PartState {
  status: 'up' | 'away';
  /** ISO time since which this process has seen this state. */
  since: string;
  /** Why it is away: a code, never an address or a message, because the endpoint is public. */
  reason?: string;
}

export interface ReadinessAnswer {
  /** `stopping`: the process was asked to stop, still answers, and wants no new callers. */
  status: 'ready' | 'not_ready' | 'stopping';
  parts: Record<string, PartState>;
}

/** How long one part may take to answer, in milliseconds. */
export const PART_DEADLINE_MS = DEADLINES.readiness;
/** How long an answer is reused, in milliseconds, so that checks cost nothing. */
const FRESH_MS = 1_000;

/** Whether all parts that a process needs answer: checked in parallel, each with a deadline, and at most once a second. */
export class Readiness {
  private readonly parts: Part[];
  private params: Promise<ReadinessAnswer> | null = null;
  private freshUntil = 0;
  private isStopping = false;

  /** @param onChange called when a part goes away or comes back, for the log */
  constructor(checks: Record<string, Check>, onChange: (part: string, state: PartState, error: unknown) => void = () => undefined) {
    this.parts = Object.entries(checks).map(([name, check]) => new Part(name, check, onChange));
  }

  /** The answer, at most a second old. Never throws, and never takes longer than the deadline of a part. */
  look(): Promise<ReadinessAnswer> {
    if (this.params !== null && performance.now() < this.freshUntil) return this.params;
    this.freshUntil = Infinity;
    this.params = this.ask().finally(() => (this.freshUntil = performance.now() + FRESH_MS));
    return this.params;
  }

  /** From now on it is not ready, whatever its parts say. */
  stop(): void {
    this.isStopping = true;
    this.freshUntil = 0;
  }

  private async ask(): Promise<ReadinessAnswer> {
    const states = await Promise.all(this.parts.map(async (part) => [part.name, await part.ask()] as const));
    const isReady = states.every(([, { status }]) => status === 'up');
    const status = this.isStopping ? 'stopping' : isReady ? 'ready' : 'not_ready';
    return { status, parts: Object.fromEntries(states) };
  }
}

class Part {
  private state: PartState | null = null;
  /** A check that is still running is not started again, so a hanging part gets no additional load. */
  private pending: Promise<unknown> | null = null;

  constructor(
    readonly name: string,
    private readonly check: Check,
    private readonly onChange: (part: string, state: PartState, error: unknown) => void,
  ) {}

  async ask(): Promise<PartState> {
    try {
      this.pending ??= this.check().finally(() => (this.pending = null));
      await withinDeadline(this.pending);
      return this.note({ status: 'up' }, null);
    } catch (error) {
      return this.note({ status: 'away', reason: reasonOf(error) }, error);
    }
  }

  private note(now: Omit<PartState, 'since'>, error: unknown): PartState {
    const isSame = this.state?.status === now.status;
    const state = { ...now, since: isSame && this.state !== null ? this.state.since : new Date(Date.now()).toISOString() };
    if (!isSame && (this.state !== null || now.status === 'away')) this.onChange(this.name, state, error);
    this.state = state;
    return state;
  }
}

class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly code = 'no_answer';
}

async function withinDeadline(pending: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => {
      reject(new NoAnswer(`no answer within ${PART_DEADLINE_MS} ms`));
    }, PART_DEADLINE_MS);
  });
  try {
    await Promise.race([pending, deadline]);
  } finally {
    clearTimeout(late);
    pending.catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  if (!isError(error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}
