/** One recorded call, as it is written in each language. */
import type { Method } from '../http/operation';
import type { Sample } from '../../web/manual/model';

export interface RecordedCall {
  method: Method;
  /** With ids: `/v1/customers/cus_123`. */
  path: string;
  /** The ids in the path, in order. */
  ids: string[];
  parameters: Record<string, unknown>;
  /** The call of Stripe's SDK for Node: `customers.createSource`; null for Dunlin's own operations. */
  sdk: string | null;
}

/** @param url where the API is */
export function samplesOf(call: RecordedCall, url: string): Sample[] {
  return [
    { language: 'curl', code: curl(call, url) },
    { language: 'typescript', code: typescript(call) },
    { language: 'python', code: python(call) },
    { language: 'go', code: go(call) },
    { language: 'java', code: java(call) },
    { language: 'php', code: php(call) },
  ];
}

/** How a client is made, in each language. */
export function clientsFor(url: string): Sample[] {
  const { hostname, port, protocol } = new URL(url);
  const at = [`host: '${hostname}'`, ...(port === '' ? [] : [`port: ${port}`]), `protocol: '${protocol.replace(':', '')}'`].join(', ');
  return [
    { language: 'curl', code: `KEY=sk_test_…\ncurl ${url}/v1/account -u $KEY:` },
    { language: 'typescript', code: `import Stripe from 'stripe';\n\nconst stripe = new Stripe(process.env.KEY, { ${at} });` },
    {
      language: 'python',
      code: `import os\nimport stripe\n\nclient = stripe.StripeClient(os.environ["KEY"], base_addresses={"api": "${url}"})`,
    },
    {
      language: 'go',
      code: `config := &stripe.BackendConfig{URL: stripe.String("${url}")}\nclient := stripe.NewClient(os.Getenv("KEY"), stripe.WithBackends(stripe.NewBackendsWithConfig(config)))`,
    },
    {
      language: 'java',
      code: `StripeClient client = StripeClient.builder().setApiKey(System.getenv("KEY")).setApiBase("${url}").build();`,
    },
    { language: 'php', code: `$stripe = new \\Stripe\\StripeClient(['api_key' => getenv('KEY'), 'api_base' => '${url}']);` },
  ];
}

type Pair = readonly [string, string];

/** `items[0][price]=price_1`, as a form sends it. */
function pairsOf(value: unknown, name = ''): Pair[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => pairsOf(each, `${name}[${String(index)}]`));
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, each]) => pairsOf(each, name === '' ? key : `${name}[${key}]`));
}

const isV2 = ({ path }: RecordedCall): boolean => path.startsWith('/v2/');
const formOf = ({ parameters }: RecordedCall): string =>
  pairsOf(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
const bodyOf = (call: RecordedCall): string => (isV2(call) ? JSON.stringify(call.parameters) : formOf(call));
const isEmpty = ({ parameters }: RecordedCall): boolean => Object.keys(parameters).length === 0;
const withQuery = (call: RecordedCall): string => (isEmpty(call) ? call.path : `${call.path}?${formOf(call)}`);

function curl(call: RecordedCall, url: string): string {
  const quoted = (text: string): string => (/^[\w.,:/@=+-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
  const verb =
    call.method === 'delete'
      ? ' -X DELETE'
      : call.method === 'get' && !isEmpty(call)
        ? ' -G'
        : call.method === 'post' && isEmpty(call)
          ? ' -X POST'
          : '';
  const sent =
    isV2(call) && call.method === 'post'
      ? [`-H 'Content-Type: application/json' -d ${quoted(bodyOf(call))}`]
      : pairsOf(call.parameters).map(([name, value]) => argument(name, value, quoted));
  return [`curl${verb} ${url}${call.path} -u $KEY:`, ...sent].join(' \\\n  ');
}

/** What a form must encode is encoded by curl. */
function argument(name: string, value: string, quoted: (text: string) => string): string {
  return `${/[&%+=]|[^\x20-\x7e]/.test(value) ? '--data-urlencode' : '-d'} ${quoted(`${name}=${value}`)}`;
}

interface Notation {
  indent: string;
  text: (text: string) => string;
  boolean: (value: boolean) => string;
  key: (name: string) => string;
  object: readonly [string, string];
  array: readonly [string, string];
}

const WIDTH = 90;

/** A value as a literal, on one line where it fits. */
function literal(value: unknown, notation: Notation, depth = 0): string {
  if (typeof value === 'string') return notation.text(value);
  if (typeof value === 'boolean') return notation.boolean(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    return enclosed(
      value.map((each) => literal(each, notation, depth + 1)),
      notation.array,
      notation.indent,
      depth,
    );
  }
  const members = Object.entries(value).map(([name, each]) => `${notation.key(name)}${literal(each, notation, depth + 1)}`);
  return enclosed(members, notation.object, notation.indent, depth);
}

function enclosed(parts: string[], [open, close]: readonly [string, string], indent: string, depth: number): string {
  if (parts.length === 0) return `${open}${close}`.replaceAll(' ', '');
  const line = parts.join(', ');
  if (line.length < WIDTH && !line.includes('\n')) return `${open}${line}${close}`;
  const pad = indent.repeat(depth);
  return `${open.trim()}\n${parts.map((part) => `${pad}${indent}${part},\n`).join('')}${pad}${close.trim()}`;
}

const single = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const JS: Notation = {
  indent: '  ',
  text: single,
  boolean: String,
  key: (name) => `${/^[a-zA-Z_]\w*$/.test(name) ? name : single(name)}: `,
  object: ['{ ', ' }'],
  array: ['[', ']'],
};
const PYTHON: Notation = {
  indent: '    ',
  text: JSON.stringify,
  boolean: (value) => (value ? 'True' : 'False'),
  key: (name) => `${JSON.stringify(name)}: `,
  object: ['{', '}'],
  array: ['[', ']'],
};
const PHP: Notation = { ...JS, indent: '    ', key: (name) => `${single(name)} => `, object: ['[', ']'] };

/** `(id, parameters)` of a call of an SDK. */
const argumentsOf = (call: RecordedCall, notation: Notation): string =>
  [...call.ids.map(notation.text), ...(isEmpty(call) ? [] : [literal(call.parameters, notation)])].join(', ');

function typescript(call: RecordedCall): string {
  if (call.sdk !== null) return `await stripe.${call.sdk}(${argumentsOf(call, JS)});`;
  if (call.method !== 'post') return `await stripe.rawRequest('${call.method.toUpperCase()}', ${single(withQuery(call))});`;
  return `await stripe.rawRequest('POST', ${single(call.path)}${isEmpty(call) ? '' : `, ${literal(call.parameters, JS)}`});`;
}

function python(call: RecordedCall): string {
  if (call.method !== 'post') return `client.raw_request("${call.method}", ${JSON.stringify(withQuery(call))})`;
  return `client.raw_request("post", ${JSON.stringify(call.path)}${isEmpty(call) ? '' : `, **${literal(call.parameters, PYTHON)}`})`;
}

function go(call: RecordedCall): string {
  const method = `http.Method${call.method.charAt(0).toUpperCase()}${call.method.slice(1)}`;
  const [path, body] = call.method === 'post' ? [call.path, bodyOf(call)] : [withQuery(call), ''];
  return `response, err := client.RawRequest(${method}, ${JSON.stringify(path)}, ${JSON.stringify(isEmpty(call) ? '' : body)}, nil)`;
}

function java(call: RecordedCall): string {
  const [path, body] = call.method === 'post' ? [call.path, bodyOf(call)] : [withQuery(call), ''];
  const content = call.method === 'post' ? JSON.stringify(isEmpty(call) ? '' : body) : 'null';
  return `StripeResponse response = client.rawRequest(ApiResource.RequestMethod.${call.method.toUpperCase()}, ${JSON.stringify(path)}, ${content}, null);`;
}

/** PHP's SDK has the services of Node's, with `all` for `list` and `delete` for `del`. */
function php(call: RecordedCall): string {
  if (call.sdk !== null) {
    const names = call.sdk.split('.');
    const method = (names.pop() ?? '').replace(/^list/, 'all').replace(/^del$/, 'delete');
    return `$stripe->${[...names, `${method}(${argumentsOf(call, PHP)})`].join('->')};`;
  }
  if (call.method !== 'post') return `$stripe->rawRequest('${call.method}', ${single(withQuery(call))});`;
  return `$stripe->rawRequest('post', ${single(call.path)}${isEmpty(call) ? '' : `, ${literal(call.parameters, PHP)}`});`;
}
