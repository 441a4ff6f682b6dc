/** The only place where the shape of an object depends on the caller's release of the API. */
import { API_VERSION, majorOf, type ApiVersion } from '../domain/rows/api-version';

type Json = Record<string, unknown>;

/**
 * Properties that endive requires and dahlia does not have, derived from the object in dahlia's shape. `previous_attributes` of an event
 * contain only some properties; if the source of a property is missing, it is left out.
 */
const ADDED_BY_ENDIVE: Record<string, (object: Json) => Json> = {
  product: (product) => {
    const code = product['tax_code'];
    return code === undefined ? {} : { tax_details: code === null ? null : { performance_location: null, tax_code: code } };
  },
  dispute: (dispute) => ({
    ...('intended_submission_method' in dispute || !('status' in dispute) ? {} : { intended_submission_method: null }),
    ...evidenceDetails(dispute['evidence_details']),
  }),
  subscription: ({ pending_update: update }) => (isObject(update) ? { pending_update: { cancel_at_period_end: null, ...update } } : {}),
  subscription_schedule: (schedule) => ('phases' in schedule && 'id' in schedule ? { pause_schedules: [] } : {}),
};

/**
 * A body in the shape of a release of the API: every Stripe object in it is converted, at any depth, including an event's object and
 * version.
 *
 * @param body in the shape of `API_VERSION`, as Dunlin renders it; it is not changed
 */
export function inVersion<Body>(body: Body, version: ApiVersion): Body {
  return (majorOf(version) === majorOf(API_VERSION) ? withEventsIn(body, version) : convert(body, version)) as Body;
}

/** Releases of one major version have the same shapes. Only events name the release itself, and they stand alone or in a list. */
function withEventsIn(body: unknown, version: ApiVersion): unknown {
  if (!isObject(body)) return body;
  if (body['object'] === 'event') return { ...body, api_version: version };
  if (body['object'] !== 'list' || !Array.isArray(body['data'])) return body;
  return { ...body, data: body['data'].map((each) => withEventsIn(each, version)) };
}

function convert(value: unknown, version: ApiVersion): unknown {
  if (Array.isArray(value)) return value.map((each) => convert(each, version));
  if (!isObject(value)) return value;
  if (value['object'] === 'event') return eventIn(value, version);
  const result = convertAll(value, version);
  return typeof value['object'] === 'string' ? { ...result, ...added(value['object'], result, version) } : result;
}

function convertAll(object: Json, version: ApiVersion): Json {
  return Object.fromEntries(Object.entries(object).map(([key, each]) => [key, OPAQUE.has(key) ? each : convert(each, version)]));
}

/** Callers' own content stays unchanged, whatever it contains. */
const OPAQUE = new Set(['metadata']);

function eventIn(event: Json, version: ApiVersion): Json {
  const { object, previous_attributes: previous } = event['data'] as { object: Json; previous_attributes?: Json };
  const data: Json = { object: convert(object, version) };
  if (previous !== undefined) {
    const name = String(object['object']);
    data['previous_attributes'] = { ...convertAll(previous, version), ...added(name, previous, version) };
  }
  return { ...event, api_version: version, data };
}

function added(name: string, object: Json, version: ApiVersion): Json {
  return majorOf(version) === 'endive' ? (ADDED_BY_ENDIVE[name]?.(object) ?? {}) : {};
}

function evidenceDetails(details: unknown): Json {
  if (!isObject(details)) return {};
  const { submission_count: count } = details;
  if (count === undefined) return {};
  return { evidence_details: { ...details, submission_method: count === 0 ? 'not_submitted' : 'manual' } };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
