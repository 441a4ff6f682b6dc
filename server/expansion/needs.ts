/** What a caller must be allowed to read to have it expanded: an expanded object is read, as by its own path. */
import type { Need } from '../../domain/authorization/permissions';
import type { Resource } from '../../domain/authorization/resources';
import { RESOURCES } from './expanded-kinds';
import type { Expandable, IncludedName } from './expansion-kinds';

/** Included properties that another resource has. All others have their path under the object itself. */
const INCLUDED: Partial<Record<IncludedName, Resource>> = {
  'charge.outcome.rule': 'radar',
  'invoice.confirmation_secret': 'payment_intents',
  'invoice.payments': 'invoice_payments',
  'setup_intent.latest_attempt': 'setup_attempts',
};

export function needsOf(target: Expandable): Need[] {
  return resourcesOf(target).flatMap((resource) => (resource ? [{ resource, level: 'read' as const }] : []));
}

function resourcesOf(target: Expandable): readonly (Resource | null | undefined)[] {
  if (target.is === 'reference') return target.kinds.map((kind) => RESOURCES[kind]);
  return target.is === 'included' ? [INCLUDED[target.name]] : [];
}
