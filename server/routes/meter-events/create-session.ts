import { rfc3339 } from '../../../domain/meter/report';
import { meterEventSession } from '../../../objects/shapes/meter-event';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { SESSION_SECONDS, sessionToken } from '../../metering/sessions';

/** A token that opens the stream of meter events for 15 minutes, or until its key is revoked. */
export const createMeterEventSession = operation({
  method: 'post',
  path: '/v2/billing/meter_event_session',
  summary: 'Create a meter event session',
  tag: 'Metering',
  repeatable: true,
  parameters: parameters({}),
  answer: meterEventSession,
  handle(request) {
    const now = Math.floor(Date.now() / 1000);
    const expiresAt = now + SESSION_SECONDS;
    return Promise.resolve({
      body: {
        id: request.newId('mes'),
        object: 'v2.billing.meter_event_session' as const,
        authentication_token: sessionToken(request.deps.tokenSecrets, request.keyId, expiresAt),
        created: rfc3339(now),
        expires_at: rfc3339(expiresAt),
        livemode: request.scope.livemode,
      },
    });
  },
});
