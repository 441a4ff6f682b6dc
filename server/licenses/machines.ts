/** Machines ask for a license by its key: activate, validate, deactivate. The key is the only credential. */
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { readLicenseKey } from '../../db/license-keys';
import { loadMatching } from '../../db/matching';
import { activate, deactivate, licenseProblem } from '../../domain/access/activations';
import { certify } from '../../domain/access/licenses';
import { BillingError } from '../../domain/core/errors';
import type { License, LicenseActivation } from '../../domain/rows/license';
import type { ChangeSet } from '../../domain/core/change-set';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import type { Operation } from '../http/operation';
import { name, parameters } from '../http/parameters';
import { ApiRequest } from '../http/request';
import { validate } from '../http/validation';
import { readParameters } from '../http/wire';
import { limitVisitors } from '../middleware/limit-visitors';
import { changeLicense } from '../routes/licenses/change';

const KEY_MAX = 4096;
const BODY_LIMIT = '16kb';
const key = () => name({ max: KEY_MAX });
const fingerprint = () => name({ max: 200 });

const ACTIVATION = parameters({ fingerprint: fingerprint(), key: key(), name: name({ max: 200 }).optional() });
const VALIDATION = parameters({ fingerprint: fingerprint().optional(), key: key() });
const DEACTIVATION = parameters({ fingerprint: fingerprint(), key: key() });

export function licenseMachines(deps: Dependencies): Router {
  const router = Router();
  const read = express.raw({ type: () => true, limit: BODY_LIMIT });
  const post = (path: string, handle: RequestHandler): void => {
    router.post(path, limitVisitors(), read, handle);
  };
  post('/licenses/activate', async (request, response) => {
    const { fingerprint: print = '', name: called = null, key: text } = parametersOf(request, ACTIVATION);
    const asked = await ask(deps, { request, response }, text);
    if (asked === null) throw new BillingError('resource_missing', 'No such license key.', { param: 'key' });
    response.json(await activated(asked, { fingerprint: print, name: called }));
  });
  post('/licenses/validate', async (request, response) => {
    const { fingerprint: print = null, key: text } = parametersOf(request, VALIDATION);
    response.json(await validated(await ask(deps, { request, response }, text), print));
  });
  post('/licenses/deactivate', async (request, response) => {
    const { fingerprint: print = '', key: text } = parametersOf(request, DEACTIVATION);
    const asked = await ask(deps, { request, response }, text);
    if (asked === null) throw new BillingError('resource_missing', 'No such license key.', { param: 'key' });
    response.json(await deactivated(asked, print));
  });
  return router;
}

/** Checked by the schema, so a required one is there. */
interface Asked {
  fingerprint?: string;
  key: string;
  name?: string;
}

const parametersOf = (request: Request, schema: Operation['parameters']): Asked =>
  validate({ parameters: schema, unsupported: [] }, readParameters(request)) as unknown as Asked;

/** A license that a signed key names, and a request in its account. */
interface Holder {
  request: ApiRequest<unknown>;
  license: License;
}

async function ask(
  deps: Dependencies,
  { request, response }: { request: Request; response: Response },
  text: string,
): Promise<Holder | null> {
  const context = contextOf(response);
  context.operation = `POST ${request.path}`;
  response.setHeader('Cache-Control', 'no-store');
  const claims = readLicenseKey(deps.secret, text);
  if (claims === null) return null;
  const asking = new ApiRequest<unknown>(
    {},
    {
      path: {},
      scope: { account: claims.iss, livemode: claims.livemode },
      keyId: 'license',
      identity: { id: context.requestId, idempotencyKey: null },
      origin: `${request.protocol}://${request.host}`,
    },
    deps,
  );
  return { request: asking, license: await asking.find('license', claims.sub, 'key') };
}

const shownLicense = ({ id, product, status, expiresAt, activationLimit }: License) => ({
  id,
  activation_limit: activationLimit,
  expires_at: expiresAt,
  product,
  status,
});

const shownActivation = ({ id, created, fingerprint: print, name: called, leasedUntil }: LicenseActivation) => ({
  id,
  object: 'license_activation',
  created,
  fingerprint: print,
  leased_until: leasedUntil,
  name: called,
});

/** The certificate lets the machine run until `leased_until` without asking again. */
async function activated({ request, license }: Holder, machine: { fingerprint: string; name: string | null }) {
  let made: { activation: LicenseActivation; certificate: string } | null = null;
  await changeLicense(request, license, 'activateLicense', (changes: ChangeSet, present) => {
    const activation = activate(changes, present, machine);
    made = { activation, certificate: certify(changes, activation) };
  });
  const { activation, certificate } = made as unknown as { activation: LicenseActivation; certificate: string };
  return { ...shownActivation(activation), certificate, license: shownLicense(license) };
}

async function validated(holder: Holder | null, print: string | null) {
  const object = 'license_validation';
  if (holder === null) return { object, valid: false, problem: 'unknown', license: null };
  const { request, license } = holder;
  const problem =
    licenseProblem(license, await request.now(license.customer)) ??
    (print === null || (await isActivated(holder, print)) ? null : 'not_activated');
  return { object, valid: problem === null, problem, license: shownLicense(license) };
}

/** `licenseProblem` comes first, so this is asked only of a license that can be used. */
async function isActivated({ request, license }: Holder, print: string): Promise<boolean> {
  const rows = await loadMatching(request.deps.sql, request.scope, [
    { kind: 'licenseActivation', filters: [{ column: 'license', equals: license.id }] },
  ]);
  return rows.first('licenseActivation', ({ fingerprint: each, deleted }) => !deleted && each === print) !== undefined;
}

async function deactivated({ request, license }: Holder, print: string) {
  await changeLicense(request, license, 'deactivateLicense', (changes) => {
    const activation = changes.rows.first('licenseActivation', (each) => !each.deleted && each.fingerprint === print);
    if (!activation)
      throw new BillingError('resource_missing', 'No machine with this fingerprint uses the license.', { param: 'fingerprint' });
    deactivate(changes, activation.id);
  });
  return { object: 'license_activation', fingerprint: print, deleted: true };
}
