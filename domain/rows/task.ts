import type { Resource } from './resource';

export const TASK_TYPES = ['approval', 'recovery'] as const;
export const TASK_STATUSES = ['answered', 'canceled', 'missed', 'open'] as const;

/** A decision that a person makes: somebody owns it, it has a deadline, and an answer that counts when nobody has given one. */
export interface Task extends Resource {
  customer: string | null;
  type: (typeof TASK_TYPES)[number];
  /** The object that it is about: an invoice. Of an approval, the name of the call that waits for it. */
  about: string;
  /** The workflow that waits for the answer: `dunning/in_1`. Of an approval, the request that asked for it; `approval/task_…` waits for its deadline. */
  workflow: string;
  title: string;
  /** A name of the seller's own; null: whoever looks. */
  owner: string | null;
  answers: string[];
  /** What counts when the deadline has passed. */
  defaultAnswer: string;
  answerBy: number;
  /** `missed`: the default counts. `canceled`: nothing waits for it any more. */
  status: (typeof TASK_STATUSES)[number];
  answer: string | null;
  /** Who has answered, by a name of the seller's own. */
  answeredBy: string | null;
  answeredAt: number | null;
  note: string | null;
  /** Of an approval: what the call needs, `refunds:write`. Who answers must have it, too. Null: whoever may answer tasks. */
  needs: string | null;
}
