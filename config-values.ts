/** How the values of the environment's variables are written, what they mean, and what is said of a wrong one. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { ROLES, type Role } from './domain/rows/user';

export const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65535, 'must be a port number, 0 to 65535');

export const httpUrl = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be an http or https URL')
  .transform((text) => text.replace(/\/+$/, ''));

/** Without TLS only on this machine. An issuer may end with a slash, which is part of its name. */
export const issuer = z.string().refine(isIssuer, 'must be an https URL without query or fragment, or an http URL of this machine');

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && search === '' && hash === '';
}

const ROLE_WORDS = `a list of value=role, as billing-admins=owner,accounting=finance; roles are ${ROLES.join(', ')}`;

export const yesOrNo = z.enum(['true', 'false', '1', '0'], 'must be true or false').transform((text) => text === 'true' || text === '1');

export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

/** `sandbox`, `sandbox-eu`, `sandbox-eu@25`: the part behind `@` is the most calls per second. */
const PROCESSOR = /^(sandbox(-[a-z0-9]{1,20}){0,2}|stripe|mollie)(@[1-9]\d{0,4})?$/;
const PROCESSOR_WORDS = 'a list of processors, as sandbox,sandbox-eu@25,stripe@80,mollie@10';

function toProcessor(item: string): { name: string; callsPerSecond: number | null } {
  const [name = '', perSecond] = item.split('@');
  return { name, callsPerSecond: perSecond === undefined ? null : Number(perSecond) };
}

export const processors = list
  .refine((items) => items.length > 0 && items.every((item) => PROCESSOR.test(item)), `must be ${PROCESSOR_WORDS}`)
  .transform((items) => items.map(toProcessor))
  .refine((items) => new Set(items.map(({ name }) => name)).size === items.length, 'must name each processor once');

/** A value may have `=` in it, as the name of an LDAP group has. */
function toMapped(item: string): { value: string; role: Role } {
  const at = item.lastIndexOf('=');
  return { value: item.slice(0, at), role: item.slice(at + 1) as Role };
}

export const roles = list
  .refine(
    (items) => items.every((item) => ROLES.some((role) => item.endsWith(`=${role}`) && item.length > role.length + 1)),
    `must be ${ROLE_WORDS}`,
  )
  .transform((items) => items.map(toMapped));

const PROXY_WORDS =
  'must be how many proxies stand in front, 1 to 9, or a list of their addresses and networks, as 10.0.0.0/8,192.0.2.7 (also loopback, linklocal, uniquelocal)';
const HOPS = /^[1-9]$/;
const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

const areProxies = (items: readonly string[]): boolean =>
  (items.length === 1 && HOPS.test(items[0] ?? '')) || items.every((item) => NAMED_NETWORKS.includes(item) || isNetwork(item));

/** A network without a length is an address. `0.0.0.0/0` would trust whoever calls, so a length of 0 is none. */
function isNetwork(item: string): boolean {
  const [address = '', length, ...more] = item.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return bits > 0 && more.length === 0 && (length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits));
}

/** As Express takes it. */
const toProxies = (items: string[]): number | string[] => (HOPS.test(items[0] ?? '') ? Number(items[0]) : items);

export const proxies = list.refine(areProxies, PROXY_WORDS).transform(toProxies);

type Key = z.ZodOptional<z.ZodString>;

export const stripeKey = (mode: 'live' | 'test'): Key =>
  z
    .string()
    .regex(new RegExp(`^[sr]k_${mode}_`), `must be a secret or restricted key of ${mode} mode`)
    .optional();

export const mollieKey = (mode: 'live' | 'test'): Key =>
  z
    .string()
    .regex(new RegExp(`^${mode}_\\w+$`), `must be an API key of ${mode} mode: ${mode}_…`)
    .optional();

const SECRET_LENGTH = 32;

export const secrets = list
  .refine(
    (secrets) => secrets.every(({ length }) => length >= SECRET_LENGTH),
    `must be secrets of at least ${String(SECRET_LENGTH)} characters`,
  )
  .default([]);

export const webhookSecrets = list
  .refine((secrets) => secrets.every((secret) => secret.startsWith('whsec_')), 'must be secrets of webhook endpoints: whsec_…')
  .refine((secrets) => secrets.length <= 2, 'must be one secret, or two while one replaces the other')
  .default([]);
