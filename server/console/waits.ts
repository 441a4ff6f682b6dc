/** Everything that waits for a person, in one list: who owns it, until when, and what happens without an answer. Only data. */
import type { Json } from './ask';

export interface Wait {
  what: string;
  call: string;
  parameters: Readonly<Record<string, string>>;
  /** Which of the objects wait. */
  waits?: (object: Json) => boolean;
  /** Paths of what is told of each: about whom or what, its owner, and its deadline in epoch seconds. */
  about: string;
  owner: string | null;
  deadline: string | null;
  /** What happens when nobody answers. */
  otherwise: (object: Json) => string;
}

const words = (value: unknown): string => String(value).replaceAll('_', ' ');

export const WAITS: readonly Wait[] = [
  {
    ...{ what: 'Human step or approval', call: 'GET /v1/tasks', parameters: { status: 'open' } },
    ...{ about: 'title', owner: 'owner', deadline: 'answer_by' },
    otherwise: ({ default_answer: answer }) => words(answer),
  },
  {
    ...{ what: 'Payment to review', call: 'GET /v1/reviews', parameters: {}, waits: ({ open }) => open === true },
    ...{ about: 'payment_intent', owner: 'owner', deadline: 'decide_by' },
    otherwise: ({ default_decision: decision }) => words(decision),
  },
  {
    ...{ what: 'Dispute', call: 'GET /v1/disputes', parameters: {} },
    waits: ({ status }) => status === 'needs_response' || status === 'warning_needs_response',
    ...{ about: 'charge', owner: null, deadline: 'evidence_details.due_by' },
    otherwise: () => 'as the policy for disputes says; without evidence it is lost',
  },
  {
    ...{ what: 'Question', call: 'GET /v1/support_tickets', parameters: { status: 'open' } },
    ...{ about: 'subject', owner: 'owner', deadline: 'answer_by' },
    otherwise: () => 'it is escalated',
  },
  {
    ...{ what: 'Customer request', call: 'GET /v1/customer_requests', parameters: { status: 'open' } },
    ...{ about: 'type', owner: 'owner', deadline: 'due_at' },
    otherwise: () => 'its owner is mailed; it stays open',
  },
  {
    ...{ what: 'Repair to approve', call: 'GET /v1/repairs', parameters: { status: 'draft' } },
    ...{ about: 'description', owner: 'created_by', deadline: null },
    otherwise: () => 'nothing is corrected',
  },
  {
    ...{ what: 'Held workflow', call: 'GET /v1/held', parameters: {} },
    ...{ about: 'failure.message', owner: null, deadline: 'retries_at' },
    otherwise: () => 'it is tried again at that time',
  },
];
