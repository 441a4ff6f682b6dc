import { resolve } from 'node:path';
import { z } from 'zod';
import {
  httpUrl,
  issuer,
  list,
  mollieKey,
  portNumber,
  processors,
  proxies,
  roles,
  secrets,
  stripeKey,
  webhookSecrets,
  yesOrNo,
} from './config-values';
import type { RoleMapping } from './domain/authorization/single-sign-on';

/** A variable of the environment is missing or wrong. The message has one line per variable and never contains a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Dunlin's settings from the environment. Read once, at the start of a process, and passed on. */
export interface Config {
  /** TCP port of the API. 0 picks a free port; in the one-machine default, it also does so for everything else that it starts. */
  port: number;
  /** Address that the API listens on. */
  host: string;
  /** Absolute path of the data folder of the one-machine default. */
  dataFolder: string;
  /** The Postgres to use. Absent: the one-machine default starts its own, every other process refuses to start. */
  databaseUrl?: string;
  /** The most connections that one process opens to Postgres. */
  databasePool: number;
  /** `host:port` of the Temporal frontend. Absent: the one-machine default starts its own. */
  temporalAddress?: string;
  /** Temporal namespace of all workflows. */
  temporalNamespace: string;
  /** Key for Temporal Cloud, or for a cluster that requires one. */
  temporalApiKey?: string;
  /** Whether to use TLS with Temporal: by default exactly if there is an API key or a certificate. */
  temporalTls: boolean;
  /** Files for TLS with Temporal: the client's certificate and its key (mutual TLS), the authority of the server, and its name. */
  temporalCertificates: TemporalCertificates;
  /** The Temporal Web UI's URL for people, without a slash at the end. */
  temporalUiUrl?: string;
  /** Task queue of workflows and local activities; the queues of ordinary activities are named after it. */
  taskQueue: string;
  /** The API's URL for browsers and SDKs, without a slash at the end. Absent: derived from the address that it listens on. */
  publicUrl?: string;
  /** The proxies whose `X-Forwarded-…` headers count: addresses and networks, or how many stand in front. Empty: none does. */
  trustedProxies: number | readonly string[];
  /** How long a server that is asked to stop still takes requests and says on `/readyz` that it stops. Milliseconds. */
  stopDelay: number;
  /** Requests per second allowed for one API key, counted per process: a guard against loops, not a quota. */
  requestsPerSecond: number;
  /** Minimum days, real time, that events and their deliveries are kept. */
  eventsKeepDays: number;
  /** Minimum days after their receipt that single meter events are kept; absent: forever. */
  meterEventsKeepDays?: number;
  /** Address of the operators' listener: `/healthz`, `/readyz`, `/metrics`. */
  metricsHost: string;
  /** Port of this process's operators' listener, 0 for a free one. Absent: no listener, except in the one-machine default. */
  metricsPort?: number;
  /** Base URL of an OpenTelemetry collector for traces. Absent: no traces. */
  otlpEndpoint?: string;
  /** Names this build, for Temporal's deployments and for entities held until another version runs. Absent: a hash of the sources. */
  buildId?: string;
  /** Whether workers belong to a Temporal worker deployment, so that setting its current version rolls out and back. */
  workerVersioning: boolean;
  /** Whether workflows have call stacks, for the Temporal UI and for errors in workflow code. They cost CPU. */
  workflowCallStacks: boolean;
  /** Least severe level to log. */
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Hosts and CIDR ranges that may receive webhooks besides public addresses. */
  webhookAllowedHosts: string[];
  /** The processors that can be charged with, and how many calls each is sent per second at most; null: as many as there are. */
  processors: { name: string; callsPerSecond: number | null }[];
  /** The mail server, with its user and password. Absent: mails to customers stay in the mailbox. */
  smtpUrl?: string;
  /** What seals this installation's key in the database: the first one seals, each of them opens. Empty: the key is not sealed. */
  secrets: readonly string[];
  /** Keys of links and tokens that give access: the first one makes them, all are accepted. Empty: the secrets above do it. */
  tokenSecrets: readonly string[];
  /** Keys of the Stripe account that charges, by mode, and the URL of its API. */
  stripe: {
    live?: string | undefined;
    test?: string | undefined;
    url?: string | undefined;
    /** With which Stripe signs its webhooks; two while one replaces the other. */
    webhookSecrets: { live: readonly string[]; test: readonly string[] };
  };
  /** Keys of the Mollie profile that charges, by mode, and the URL of its API. */
  mollie: { live?: string | undefined; test?: string | undefined; url?: string | undefined };
  /** Keys of the Stripe account that calculates tax, by mode, and the URL of its API. */
  stripeTax: { live?: string | undefined; test?: string | undefined; url?: string | undefined };
  /** Base URL of the registry of European tax ids. */
  viesUrl: string;
  /** Credentials of an application at HMRC, which looks up British tax ids. Absent: they are not verified. */
  hmrc?: { clientId: string; clientSecret: string; url: string } | undefined;
  /** The GUID for ABN Lookup, the register of Australian business numbers. Absent: they are not verified. */
  abr?: { guid: string; url: string } | undefined;
  /** The provider at which people of the seller log in to the console. Absent: by password and passkey only. */
  oidc?: OidcConfig | undefined;
  /** Where workers and the commands of `dunlin` find the API. Absent: at the public URL; the commands: `npm start` on this machine. */
  apiUrl?: string | undefined;
  /** The key that the commands call it with. */
  apiKey?: string | undefined;
  /** Port of the embedded Postgres; 0 for a free one, like the two below. */
  embeddedPostgresPort: number;
  /** gRPC port of the embedded Temporal. */
  embeddedTemporalPort: number;
  /** Port of the embedded Temporal's Web UI. */
  embeddedTemporalUiPort: number;
}

export interface OidcConfig {
  /** Exactly as the provider names itself. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Absent: only users who were invited log in, and keep their role. */
  roles?: RoleMapping | undefined;
}

/** Paths of files in PEM, and the name for which the server's certificate is. */
export interface TemporalCertificates {
  clientCertificate?: string | undefined;
  clientKey?: string | undefined;
  authority?: string | undefined;
  serverName?: string | undefined;
}

const schema = z.object({
  PORT: portNumber.default(4010),
  HOST: z.string().default('127.0.0.1'),
  DUNLIN_DATA: z.string().default('.dunlin'),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must be a postgres:// URL')
    .optional(),
  DATABASE_POOL: z
    .string()
    .regex(/^([2-9]|[1-9]\d{1,3})$/, 'must be a number of connections, 2 to 9999: a change holds one and needs a second')
    .transform(Number)
    .default(10),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/, 'must be host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: yesOrNo.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  TEMPORAL_UI_URL: httpUrl.optional(),
  TASK_QUEUE: z.string().default('dunlin'),
  PUBLIC_URL: httpUrl.optional(),
  TRUSTED_PROXIES: proxies.default([]),
  STOP_DELAY_SECONDS: z
    .string()
    .regex(/^([0-9]|[1-5][0-9]|60)$/, 'must be a number of seconds, 0 to 60')
    .transform(Number)
    .default(0),
  REQUESTS_PER_SECOND: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a number of requests, 1 to 999999')
    .transform(Number)
    .default(2000),
  EVENTS_KEEP_DAYS: z
    .string()
    .regex(/^([7-9]|[1-9]\d{1,4})$/, 'must be a number of days, 7 to 99999')
    .transform(Number)
    .default(30),
  METER_EVENTS_KEEP_DAYS: z
    .string()
    .regex(/^(4\d|[5-9]\d|[1-9]\d{2,4})$/, 'must be a number of days, 40 to 99999')
    .transform(Number)
    .optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: portNumber.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  DUNLIN_BUILD_ID: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be letters, digits, dots, dashes and underscores, at most 100')
    .optional(),
  WORKER_VERSIONING: yesOrNo.optional(),
  WORKFLOW_CALL_STACKS: yesOrNo.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be fatal, error, warn, info, debug, trace or silent')
    .default('info'),
  WEBHOOK_ALLOWED_HOSTS: list.default([]),
  PROCESSORS: processors.default([{ name: 'sandbox', callsPerSecond: null }]),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s]+$/, 'must be the URL of a mail server: smtp://user:password@host:587 or smtps://user:password@host:465')
    .optional(),
  DUNLIN_SECRET: secrets,
  DUNLIN_TOKEN_SECRETS: secrets,
  STRIPE_LIVE_KEY: stripeKey('live'),
  STRIPE_TEST_KEY: stripeKey('test'),
  STRIPE_LIVE_WEBHOOK_SECRETS: webhookSecrets,
  STRIPE_TEST_WEBHOOK_SECRETS: webhookSecrets,
  STRIPE_URL: httpUrl.optional(),
  MOLLIE_LIVE_KEY: mollieKey('live'),
  MOLLIE_TEST_KEY: mollieKey('test'),
  MOLLIE_URL: httpUrl.optional(),
  STRIPE_TAX_LIVE_KEY: stripeKey('live'),
  STRIPE_TAX_TEST_KEY: stripeKey('test'),
  STRIPE_TAX_URL: httpUrl.optional(),
  VIES_URL: httpUrl.default('https://ec.europa.eu/taxation_customs/vies/rest-api'),
  HMRC_CLIENT_ID: z.string().optional(),
  HMRC_CLIENT_SECRET: z.string().optional(),
  HMRC_URL: httpUrl.default('https://api.service.hmrc.gov.uk'),
  ABN_LOOKUP_GUID: z.uuid('must be the GUID that the Australian Business Register has given').optional(),
  ABN_LOOKUP_URL: httpUrl.default('https://abr.business.gov.au/json'),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLE_CLAIM: z.string().default('groups'),
  OIDC_ROLES: roles.optional(),
  OIDC_ACCOUNT: z
    .string()
    .regex(/^acct_\w+$/, 'must be the id of an account: acct_…')
    .optional(),
  DUNLIN_URL: httpUrl.optional(),
  DUNLIN_API_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, 'must be a secret or restricted key of this Dunlin')
    .optional(),
  DUNLIN_POSTGRES_PORT: portNumber.optional(),
  DUNLIN_TEMPORAL_PORT: portNumber.optional(),
  DUNLIN_TEMPORAL_UI_PORT: portNumber.optional(),
});

/**
 * Reads and checks the environment. An empty variable counts as absent, because compose files write it so.
 *
 * @throws ConfigError that names every wrong variable, one per line
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
  }
  return toConfig(parsed.data);
}

type Values = z.infer<typeof schema>;

/** @throws ConfigError if only some of the variables are set */
function together<Name extends keyof Values>(values: Values, ...names: Name[]): { [N in Name]: NonNullable<Values[N]> } | undefined {
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) throw new ConfigError(`${missing.join(' and ')} must be set: ${names.join(', ')} belong together`);
  return values as { [N in Name]: NonNullable<Values[N]> };
}

/** @throws ConfigError if only one of both is set */
function hmrcOf(values: Values): Config['hmrc'] {
  const client = together(values, 'HMRC_CLIENT_ID', 'HMRC_CLIENT_SECRET');
  return client && { clientId: client.HMRC_CLIENT_ID, clientSecret: client.HMRC_CLIENT_SECRET, url: values.HMRC_URL };
}

/** @throws ConfigError for roles without a provider */
function oidcOf(values: Values): Config['oidc'] {
  const client = together(values, 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET');
  const mapped = together(values, 'OIDC_ROLES', 'OIDC_ACCOUNT');
  if (mapped && !client) throw new ConfigError('OIDC_ISSUER must be set: OIDC_ROLES needs a provider');
  const roles = mapped && { claim: values.OIDC_ROLE_CLAIM, account: mapped.OIDC_ACCOUNT, roles: mapped.OIDC_ROLES };
  return client && { issuer: client.OIDC_ISSUER, clientId: client.OIDC_CLIENT_ID, clientSecret: client.OIDC_CLIENT_SECRET, roles };
}

/** A key for Stripe or Mollie is enough: PROCESSORS may add how many calls it is sent. */
function processorsOf(values: Values): Config['processors'] {
  const { PROCESSORS: named } = values;
  const added = (['stripe', 'mollie'] as const).filter((processor) => {
    const upper = processor === 'stripe' ? 'STRIPE' : 'MOLLIE';
    const hasKey = values[`${upper}_LIVE_KEY`] !== undefined || values[`${upper}_TEST_KEY`] !== undefined;
    const isNamed = named.some(({ name }) => name === processor);
    if (isNamed && !hasKey) throw new ConfigError(`${upper}_LIVE_KEY or ${upper}_TEST_KEY is not set: PROCESSORS names ${processor}`);
    return hasKey && !isNamed;
  });
  return [...named, ...added.map((name) => ({ name, callsPerSecond: null }))];
}

/** @throws ConfigError for a key without PUBLIC_URL: Mollie refuses payments whose webhook it cannot reach */
function mollieOf({ MOLLIE_LIVE_KEY: live, MOLLIE_TEST_KEY: test, MOLLIE_URL: url, PUBLIC_URL }: Values): Config['mollie'] {
  const named = live === undefined ? 'MOLLIE_TEST_KEY' : 'MOLLIE_LIVE_KEY';
  if ((live ?? test) === undefined || PUBLIC_URL !== undefined) return { live, test, url };
  throw new ConfigError(`PUBLIC_URL is not set: ${named} needs it, because Mollie sends its webhooks there`);
}

/** @throws ConfigError for a live key without a webhook secret: refunds that fail and payers who come back would stay unknown */
function stripeOf(values: Values): Config['stripe'] {
  const { STRIPE_LIVE_KEY: live, STRIPE_TEST_KEY: test, STRIPE_URL: url } = values;
  const webhookSecrets = { live: values.STRIPE_LIVE_WEBHOOK_SECRETS, test: values.STRIPE_TEST_WEBHOOK_SECRETS };
  if (live === undefined || webhookSecrets.live.length > 0) return { live, test, url, webhookSecrets };
  throw new ConfigError('STRIPE_LIVE_WEBHOOK_SECRETS is not set: STRIPE_LIVE_KEY needs the secret of its webhook endpoint');
}

/** @throws ConfigError for half a pair, and for certificates without TLS: the connection would be made without them */
function temporalTlsOf(values: z.infer<typeof schema>): Pick<Config, 'temporalTls' | 'temporalCertificates'> {
  const { TEMPORAL_TLS_CLIENT_CERT_PATH: clientCertificate, TEMPORAL_TLS_CLIENT_KEY_PATH: clientKey } = values;
  const { TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority, TEMPORAL_TLS_SERVER_NAME: serverName } = values;
  if ((clientCertificate === undefined) !== (clientKey === undefined)) {
    const missing = clientKey === undefined ? 'TEMPORAL_TLS_CLIENT_KEY_PATH' : 'TEMPORAL_TLS_CLIENT_CERT_PATH';
    throw new ConfigError(`${missing} is not set: a client certificate needs its key`);
  }
  const temporalCertificates = { clientCertificate, clientKey, authority, serverName };
  const isCertified = Object.values(temporalCertificates).some((value) => value !== undefined);
  if (values.TEMPORAL_TLS === false && isCertified) throw new ConfigError('TEMPORAL_TLS is false: the certificates for Temporal need it');
  return { temporalTls: values.TEMPORAL_TLS ?? (values.TEMPORAL_API_KEY !== undefined || isCertified), temporalCertificates };
}

/** The API's URL for people and programs elsewhere: what the environment says, or this machine. */
export function publicUrlOf({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string {
  return publicUrl ?? `http://127.0.0.1:${String(port)}`;
}

/** The environment of a child process: this process's, with some variables changed. */
export function childEnvironment(changes: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

function toConfig(values: Values): Config {
  const embeddedPort = (given: number | undefined, usual: number): number => given ?? (values.PORT === 0 ? 0 : usual);
  return {
    port: values.PORT,
    host: values.HOST,
    dataFolder: resolve(values.DUNLIN_DATA),
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    temporalAddress: values.TEMPORAL_ADDRESS,
    temporalNamespace: values.TEMPORAL_NAMESPACE,
    temporalApiKey: values.TEMPORAL_API_KEY,
    ...temporalTlsOf(values),
    temporalUiUrl: values.TEMPORAL_UI_URL,
    taskQueue: values.TASK_QUEUE,
    publicUrl: values.PUBLIC_URL,
    trustedProxies: values.TRUSTED_PROXIES,
    stopDelay: values.STOP_DELAY_SECONDS * 1000,
    requestsPerSecond: values.REQUESTS_PER_SECOND,
    eventsKeepDays: values.EVENTS_KEEP_DAYS,
    meterEventsKeepDays: values.METER_EVENTS_KEEP_DAYS,
    metricsHost: values.METRICS_HOST,
    metricsPort: values.METRICS_PORT,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    buildId: values.DUNLIN_BUILD_ID,
    workerVersioning: values.WORKER_VERSIONING ?? false,
    workflowCallStacks: values.WORKFLOW_CALL_STACKS ?? false,
    logLevel: values.LOG_LEVEL,
    webhookAllowedHosts: values.WEBHOOK_ALLOWED_HOSTS,
    processors: processorsOf(values),
    smtpUrl: values.SMTP_URL,
    secrets: values.DUNLIN_SECRET,
    tokenSecrets: values.DUNLIN_TOKEN_SECRETS,
    stripe: stripeOf(values),
    mollie: mollieOf(values),
    stripeTax: { live: values.STRIPE_TAX_LIVE_KEY, test: values.STRIPE_TAX_TEST_KEY, url: values.STRIPE_TAX_URL },
    viesUrl: values.VIES_URL,
    hmrc: hmrcOf(values),
    abr: values.ABN_LOOKUP_GUID === undefined ? undefined : { guid: values.ABN_LOOKUP_GUID, url: values.ABN_LOOKUP_URL },
    oidc: oidcOf(values),
    apiUrl: values.DUNLIN_URL,
    apiKey: values.DUNLIN_API_KEY,
    embeddedPostgresPort: embeddedPort(values.DUNLIN_POSTGRES_PORT, 54329),
    embeddedTemporalPort: embeddedPort(values.DUNLIN_TEMPORAL_PORT, 7233),
    embeddedTemporalUiPort: embeddedPort(values.DUNLIN_TEMPORAL_UI_PORT, 8233),
  };
}
