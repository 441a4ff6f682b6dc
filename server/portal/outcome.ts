import type { PortalProblem } from '../../web/words/portal-problems';

/** What a form of the portal has done. */
export interface Outcome {
  problem: PortalProblem | null;
  /** Whether something has changed. */
  isDone: boolean;
  /** Whether the action is what a flow is for. */
  completes: boolean;
  /** Where the customer goes on: to the bank, or to an invoice that wants to be paid. Null: on the portal. */
  leadsTo: string | null;
}

export const done = (problem: PortalProblem | null, completes = false, leadsTo: string | null = null): Outcome => ({
  problem,
  isDone: true,
  completes,
  leadsTo,
});

/** The page was outdated: nothing changes, and the customer sees how it stands. */
export const nothing = (): Promise<Outcome> => Promise.resolve({ ...done(null), isDone: false });
