/** The one place where the shape of an object depends on the release of the API that a caller speaks. */
import { majorOf, type ApiVersion } from '../domain/rows/api-version';

type Json = Record<string, unknown>;

/**
 * What endive requires of an object and dahlia does not have, from the object as dahlia has it. `previous_attributes` of an event
 * are a part of an object: a property whose origin is not among them is left out.
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
 * A body as a release of the API shows it: every Stripe object in it, however deep, in that release's shape. What an event carries
 * and what it says of its version follow too.
 *
 * @param body as Dunlin renders it, in the shape of `API_VERSION`; it is not changed
 */
export function inVersion<Body>(body: Body, version: ApiVersion): Body {
  return convert(body, version) as Body;
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

/** What callers wrote is theirs, whatever it looks like. */
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
