/** Everything that waits for a person, in one list: who owns it, until when, and what happens without an answer. Only data. */
import type { Json } from './ask';
import type { Section } from './section';
import { SECTIONS } from './sections';

/** What waits, as the overview counts it. */
export interface Queue {
  label: string;
  help: string;
  list: string;
  parameters: Readonly<Record<string, string>>;
  isBad?: true;
  /** Which of the objects wait. */
  waits?: (object: Json) => boolean;
}

export interface Wait extends Omit<Queue, 'help' | 'label'> {
  what: string;
  /** Paths of what is told of each: about whom or what, its owner, and its deadline in epoch seconds. */
  about: string;
  owner: string | null;
  deadline: string | null;
  /** What happens when nobody answers. */
  otherwise: (object: Json) => string;
  /** How the overview names it; absent: it is not counted there. */
  counted?: Pick<Queue, 'help' | 'label'>;
}

/** The place of the objects of a list. */
export const sectionOf = (list: string): Section | undefined => SECTIONS.find((each) => each.list === list);

const words = (value: unknown): string => String(value).replaceAll('_', ' ');

export const WAITS: readonly Wait[] = [
  {
    ...{ what: 'Held workflow', list: '/v1/held', parameters: {}, isBad: true },
    ...{ about: 'failure.message', owner: null, deadline: 'retries_at' },
    otherwise: () => 'it is tried again at that time',
    counted: { label: 'Held workflows', help: 'A step failed again and again.' },
  },
  {
    ...{ what: 'Dispute', list: '/v1/disputes', parameters: {}, isBad: true },
    waits: ({ status }) => status === 'needs_response' || status === 'warning_needs_response',
    ...{ about: 'charge', owner: null, deadline: 'evidence_details.due_by' },
    otherwise: () => 'as the policy for disputes says; without evidence it is lost',
    counted: { label: 'Disputes without evidence', help: 'Evidence has a deadline.' },
  },
  {
    ...{ what: 'Payment to review', list: '/v1/reviews', parameters: {} },
    ...{ about: 'payment_intent', owner: 'owner', deadline: 'decide_by' },
    otherwise: ({ default_decision: decision }) => words(decision),
    counted: { label: 'Payments to review', help: 'A rule wants a person to look.' },
  },
  {
    ...{ what: 'Question', list: '/v1/support_tickets', parameters: { status: 'open' } },
    ...{ about: 'subject', owner: 'owner', deadline: 'answer_by' },
    otherwise: () => 'it is escalated',
    counted: { label: 'Questions', help: 'Customers wait for an answer.' },
  },
  {
    ...{ what: 'Customer request', list: '/v1/customer_requests', parameters: { status: 'open' } },
    ...{ about: 'type', owner: 'owner', deadline: 'due_at' },
    otherwise: () => 'its owner is mailed; it stays open',
    counted: { label: 'Customer requests', help: 'Cancellations, withdrawals, data.' },
  },
  {
    ...{ what: 'Human step or approval', list: '/v1/tasks', parameters: { status: 'open' } },
    ...{ about: 'title', owner: 'owner', deadline: 'answer_by' },
    otherwise: ({ default_answer: answer }) => words(answer),
  },
  {
    ...{ what: 'Difference of two systems', list: '/v1/shadow_invoices', parameters: { status: 'different' } },
    ...{ about: 'subscription', owner: null, deadline: null },
    otherwise: () => 'each system goes on as it does',
  },
  {
    ...{ what: 'Repair to approve', list: '/v1/repairs', parameters: { status: 'draft' } },
    ...{ about: 'description', owner: 'created_by', deadline: null },
    otherwise: () => 'nothing is corrected',
  },
];
