/** The steps of a schedule: those that callers request, and those on its agenda. Once it runs, they are steps of its subscription. */
import { discountReferences } from '../discount/references';
import { insideFence } from '../migration/shadow';
import { createSchedule, createScheduleFromSubscription } from '../schedule/creation';
import { createFromSchedule, startSchedule } from '../schedule/beginning';
import { announceScheduleEnd, endSchedule, startPhase } from '../schedule/progress';
import type {
  CancelScheduleParameters,
  CreateScheduleParameters,
  PhaseParameters,
  ReleaseScheduleParameters,
  UpdateScheduleParameters,
} from '../schedule/parameters';
import { step, type AnyStep, type Named, type StepInput } from '../core/steps';
import { cancelSchedule, releaseSchedule, updateSchedule } from '../schedule/requests';

/** The id of the schedule in the URL. */
interface OfPath {
  path: { schedule: string };
}

export const scheduleSteps: Record<string, AnyStep> = {
  createSchedule: step<CreateScheduleParameters>({ plan: createSchedule, references }),
  createScheduleFromSubscription: { plan: (changes, input) => createScheduleFromSubscription(changes, input.subject) },
  updateSchedule: step<OfPath & UpdateScheduleParameters>({
    plan: (changes, input) => updateSchedule(changes, named(input), input.parameters),
    references,
  }),
  cancelSchedule: step<OfPath & CancelScheduleParameters>({
    plan: (changes, input) => cancelSchedule(changes, named(input), input.parameters),
  }),
  releaseSchedule: step<OfPath & ReleaseScheduleParameters>({
    plan: (changes, input) => releaseSchedule(changes, named(input), input.parameters),
  }),
  startSchedule: { plan: (changes, input) => startSchedule(changes, input.subject) },
  createFromSchedule: { plan: (changes, input) => createFromSchedule(changes, input.subject) },
  startPhase: { plan: (changes, input) => insideFence(changes, input, (to) => startPhase(to, input.subject, input.at)) },
  endSchedule: { plan: (changes, input) => insideFence(changes, input, (to) => endSchedule(to, input.subject, input.at)) },
  announceScheduleEnd: { plan: (changes, input) => announceScheduleEnd(changes, input.subject) },
};

const named = ({ parameters }: StepInput<OfPath>): string => parameters.path.schedule;

interface Naming {
  phases?: PhaseParameters[] | undefined;
  default_settings?: { default_payment_method?: string | null | undefined } | null | undefined;
}

/** The rows that its phases reference. */
function references({ phases = [], default_settings: settings }: Naming): Named {
  const items = phases.flatMap((phase) => [...phase.items, ...(phase.add_invoice_items ?? [])]);
  const discounted = phases.flatMap((phase) => [phase, ...phase.items, ...(phase.add_invoice_items ?? [])]);
  const methods = [settings, ...phases].map((each) => each?.default_payment_method);
  return {
    price: items.flatMap(({ price }) => (price === undefined ? [] : [price])),
    taxRate: [...phases.flatMap((phase) => phase.default_tax_rates ?? []), ...items.flatMap((item) => item.tax_rates ?? [])],
    paymentMethod: methods.filter((method) => typeof method === 'string'),
    ...discountReferences(discounted.flatMap(({ discounts }) => discounts ?? [])),
  };
}
