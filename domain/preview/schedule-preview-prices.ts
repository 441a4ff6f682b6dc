/** The phases of a preview, which can have inline prices. */
import { putInlinePrice, type PriceData } from '../price/inline-price';
import { nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
import type { PhaseParameters } from '../schedule/parameters';
import type { SchedulePreviewParameters } from './schedule-preview';

type Details = NonNullable<SchedulePreviewParameters['schedule_details']>;
type Item = PhaseParameters['items'][number];
type Extra = NonNullable<PhaseParameters['add_invoice_items']>[number];
type Described<T> = Omit<T, 'price'> & { price?: string | undefined; price_data?: PriceData | undefined };

type DescribedPhase = Omit<PhaseParameters, 'items' | 'add_invoice_items'> & {
  items: Described<Item>[];
  add_invoice_items?: Described<Extra>[];
};

export type DescribedSchedule = Omit<Details, 'phases'> & { phases?: DescribedPhase[] };

/**
 * The schedule with each inline price replaced by the row that was put for it.
 *
 * @throws BillingError as `putInlinePrice` does
 */
export function namedSchedule(changes: ChangeSet, { phases, ...details }: DescribedSchedule): Details {
  if (!phases) return details;
  return { ...details, phases: phases.map((phase, index) => namedPhase(changes, phase, `schedule_details[phases][${String(index)}]`)) };
}

function namedPhase(
  changes: ChangeSet,
  { items, add_invoice_items: extras = [], ...phase }: DescribedPhase,
  param: string,
): PhaseParameters {
  const named = <T>(each: Described<T>, place: string): T => nestedIn(`${param}[${place}]`, () => withPrice(changes, each));
  return {
    ...phase,
    items: items.map((item, at) => named<Item>(item, `items][${String(at)}`)),
    add_invoice_items: extras.map((extra, at) => named<Extra>(extra, `add_invoice_items][${String(at)}`)),
  };
}

function withPrice<T>(changes: ChangeSet, { price_data: data, ...rest }: Described<T>): T {
  return (data ? { ...rest, price: putInlinePrice(changes, data).id, described: true } : rest) as T;
}
