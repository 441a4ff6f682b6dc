/** The steps of a schedule: those that callers request, and those on its agenda. Once it runs, they are steps of its subscription. */
import { discountReferences } from '../discount/references';
import type { RowKind } from '../rows/rows';
import { createSchedule, createScheduleFromSubscription } from '../schedule/creation';
import { createFromSchedule, startSchedule } from '../schedule/beginning';
import { announceScheduleEnd, endSchedule, startPhase } from '../schedule/progress';
import type { PhaseParameters } from '../schedule/parameters';
import type { Step, StepInput } from '../core/steps';
import { cancelSchedule, releaseSchedule, updateSchedule } from '../schedule/requests';

export const scheduleSteps: Record<string, Step> = {
  createSchedule: { plan: createSchedule, references },
  createScheduleFromSubscription: { plan: (changes, input) => createScheduleFromSubscription(changes, input.subject) },
  updateSchedule: { plan: (changes, input) => updateSchedule(changes, named(input), input.parameters), references },
  cancelSchedule: { plan: (changes, input) => cancelSchedule(changes, named(input), input.parameters) },
  releaseSchedule: { plan: (changes, input) => releaseSchedule(changes, named(input), input.parameters) },
  startSchedule: { plan: (changes, input) => startSchedule(changes, input.subject) },
  createFromSchedule: { plan: (changes, input) => createFromSchedule(changes, input.subject) },
  startPhase: { plan: (changes, input) => startPhase(changes, input.subject, input.at) },
  endSchedule: { plan: (changes, input) => endSchedule(changes, input.subject, input.at) },
  announceScheduleEnd: { plan: (changes, input) => announceScheduleEnd(changes, input.subject) },
};

/** The id of the schedule in the URL. */
function named({ parameters }: StepInput): string {
  return (parameters['path'] as { schedule: string }).schedule;
}

/** The rows that its phases reference. */
function references(
  parameters: Record<string, unknown>,
  scope: { account: string; livemode: boolean },
): Partial<Record<RowKind, string[]>> {
  const phases = (parameters['phases'] as PhaseParameters[] | undefined) ?? [];
  const settings = parameters['default_settings'] as { default_payment_method?: string } | undefined;
  const items = phases.flatMap((phase) => [...phase.items, ...(phase.add_invoice_items ?? [])]);
  const discounted = phases.flatMap((phase) => [phase, ...phase.items, ...(phase.add_invoice_items ?? [])]);
  const methods = [settings, ...phases].map((each) => each?.default_payment_method);
  return {
    price: items.flatMap(({ price }) => (price === undefined ? [] : [price])),
    taxRate: [...phases.flatMap((phase) => phase.default_tax_rates ?? []), ...items.flatMap((item) => item.tax_rates ?? [])],
    paymentMethod: methods.filter((method) => method !== undefined),
    ...discountReferences(
      discounted.flatMap(({ discounts }) => discounts ?? []),
      scope,
    ),
  };
}
