/** Turns parameters into counted events, for all operations that take events. */
import { randomUUID } from 'node:crypto';
import { idSource } from '../../../db/ids';
import type { EventRefusal } from '../../../domain/meter/event';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';
import type { EventOutcome } from '../../metering/flush';
import { intakeOf } from '../../metering/intake';

export interface EventParameters {
  event_name: string;
  payload: Record<string, string>;
  identifier?: string | undefined;
  timestamp?: number | undefined;
}

export interface AcceptedEvent {
  event_name: string;
  payload: Record<string, string>;
  identifier: string;
  /** Epoch seconds. */
  created: number;
  timestamp: number;
}

/** The outcome of each event. */
export async function takeEvents(
  request: ApiRequest<unknown>,
  events: readonly EventParameters[],
): Promise<{ identifier: string; outcome: EventOutcome }[]> {
  const incoming = events.map((given, index) => ({
    scope: request.scope,
    event: { eventName: given.event_name, payload: given.payload, timestamp: given.timestamp ?? null },
    identifier: given.identifier ?? madeIdentifier(request, index),
    mayBeKnown: given.identifier !== undefined || request.idempotencyKey !== null,
  }));
  const outcomes = await intakeOf(request.deps).take(incoming);
  return incoming.flatMap(({ identifier }, index) => {
    const outcome = outcomes[index];
    return outcome ? [{ identifier, outcome }] : [];
  });
}

/** @throws ParameterError with Stripe's code for the error in the event */
export async function takeEvent(request: ApiRequest<EventParameters>): Promise<AcceptedEvent> {
  const { event_name, payload } = request.parameters;
  const [taken] = await takeEvents(request, [request.parameters]);
  if (!taken) throw new Error('an event has no outcome');
  const { identifier, outcome } = taken;
  if ('refused' in outcome) return refuse(outcome.refused);
  const { at, createdMicros } = outcome.counted;
  return { event_name, payload, identifier, created: Math.floor(createdMicros / 1_000_000), timestamp: at };
}

/** A repeated request with the same Idempotency-Key has the same identifiers. */
function madeIdentifier({ deps, scope, idempotencyKey }: ApiRequest<unknown>, index: number): string {
  if (idempotencyKey === null) return randomUUID();
  const key = `${scope.account}/${String(scope.livemode)}/${idempotencyKey}`;
  return idSource(deps.secret, 'meter-events', key)('mtrevt', index);
}

function refuse({ code, message, param }: EventRefusal): never {
  throw new ParameterError('parameter_invalid', message, param, code);
}
