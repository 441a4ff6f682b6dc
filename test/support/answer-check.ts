/** Holds answers against the OpenAPI document of the release that they are in, as anybody outside could. */
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { API_VERSION, apiVersionOf, majorOf, type ApiVersion } from '../../domain/rows/api-version';
import { openApi } from '../../server/docs/openapi';
import { pathOf } from '../../server/docs/paths';
import { operations } from '../../server/routes';

/** One answer, as it went over the wire. */
export interface GivenAnswer {
  /** `POST /v1/customers/:customer`; null for what was refused before an operation was found. */
  operation: string | null;
  status: number;
  /** The release in `Stripe-Version`; null where the answer has none. */
  version: string | null;
  body: string;
  /** The request that it answers; only while examples are recorded. */
  request?: { path: string; parameters: object };
  /** It was recorded once, and is no answer of now. */
  isRecorded?: true;
}

/** Nobody's subscription lasts longer; a time in milliseconds is beyond it. */
const YEAR_9999 = 253_402_300_799;
const KNOWN = new Set(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`));

/** What is wrong with answers; documents and validators are made when they are needed, and once. */
export class AnswerCheck {
  private readonly releases = new Map<string, Ajv2020>();
  private readonly validators = new Map<string, ValidateFunction>();

  /** What is wrong with an answer, naming operation, path and rule; null where all is right. An operation of a test's own is not checked. */
  wrong({ operation, status, version, body }: GivenAnswer): string | null {
    const pointer = status >= 400 ? ERROR : pointerOf(operation);
    if (pointer === null) return null;
    const release = apiVersionOf(version ?? '') ?? API_VERSION;
    const validate = this.validator(release, pointer);
    const value: unknown = JSON.parse(body);
    if (validate(value)) return null;
    return `${operation ?? 'a refusal'} (${String(status)}, ${release}): ${tell(validate.errors ?? [], value)}`;
  }

  private validator(release: ApiVersion, pointer: string): ValidateFunction {
    const major = majorOf(release);
    const key = `${major}#${pointer}`;
    const known = this.validators.get(key);
    if (known) return known;
    const made = this.ajv(major, release).compile({ $ref: key });
    this.validators.set(key, made);
    return made;
  }

  private ajv(major: string, release: ApiVersion): Ajv2020 {
    const known = this.releases.get(major);
    if (known) return known;
    // Fast to compile rather than fast to run: a document has hundreds of shapes, and an answer is checked in a millisecond.
    const options = { validateSchema: false, inlineRefs: false, code: { optimize: false } };
    const ajv = new Ajv2020({ ...options, strict: false, discriminator: true, verbose: true });
    ajv.addFormat('unix-time', { type: 'number', validate: (at) => at >= 0 && at <= YEAR_9999 });
    ajv.addFormat('minor-units', { type: 'number', validate: Number.isSafeInteger });
    ajv.addFormat('decimal', true);
    ajv.addFormat('date-time', (text) => new Date(text).toJSON() === text);
    ajv.addSchema({ $id: major, ...withoutMappings(openApi(operations, '/', release)) });
    this.releases.set(major, ajv);
    return ajv;
  }
}

/** ajv finds the alternative by the values of its tag, and refuses OpenAPI's own table of them. */
function withoutMappings(document: object): object {
  return JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'mapping' ? undefined : value))) as object;
}

const ERROR = '/components/schemas/error';

function pointerOf(operation: string | null): string | null {
  if (operation === null || !KNOWN.has(operation)) return null;
  const [method = '', path = ''] = operation.split(' ');
  const steps = ['paths', pathOf({ path }), method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema'];
  return steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
}

/** Of alternatives, ajv tells what is wrong with each: those that came furthest into the value are what matters. */
function tell(errors: ErrorObject[], value: unknown): string {
  const own = errors.filter(({ keyword }) => !['anyOf', 'oneOf', 'if'].includes(keyword));
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;
  const deepest = Math.max(...own.map(depth));
  const told = own.filter((error) => depth(error) === deepest).map((error) => describe(error));
  return `${[...new Set(told)].slice(0, 4).join('; ')}; in ${JSON.stringify(value).slice(0, 300)}`;
}

function describe({ instancePath, message = '', params, data }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}, is ${JSON.stringify(data).slice(0, 120)}`;
}
