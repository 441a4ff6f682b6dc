import type { ChangeSet } from '../core/change-set';
import { requireTaxable, requireTaxPlace } from '../subscription/automatic-tax';
import type { SchedulePhase, SubscriptionSchedule } from '../rows/subscription-schedule';

/**
 * Checks the automatic tax of a schedule's phases, after its creation or a change.
 *
 * @throws BillingError parameter_invalid with manual tax rates, without a head office, or for a price that does not say whether tax is inside;
 * customer_tax_location_invalid if the customer's place is unknown (a preview shows that instead)
 */
export function checkScheduleTax(changes: ChangeSet, { customer, defaultSettings: settings, phases }: SubscriptionSchedule): void {
  const coming = phases.map((phase, index) => ({ phase, index })).filter(({ phase }) => phase.end_date > changes.now);
  for (const { phase, index } of coming) {
    const own = phase.automatic_tax;
    if (!(own ?? settings.automatic_tax)?.enabled) continue;
    const param = own ? `phases[${String(index)}][automatic_tax][enabled]` : 'default_settings[automatic_tax][enabled]';
    requireTaxable(changes, termsOf(phase), param);
    requireTaxPlace(changes, customer, [phase.default_payment_method, settings.default_payment_method], param);
  }
}

function termsOf({ items, add_invoice_items: extras, default_tax_rates: rates }: SchedulePhase) {
  const priced = [...items, ...extras];
  return { prices: priced.map(({ price }) => price), rates: [...rates, ...priced.flatMap((item) => item.tax_rates)] };
}
