/** Runs a write request once per Idempotency-Key, even if callers repeat it or a process dies in the middle. */
import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { insertAuditEntry, type NewAuditEntry } from '../../db/audit';
import { claimRequest, finishRequest, releaseRequest, renewRequest, type ClaimOutcome } from '../../db/requests';
import type { ApiVersion } from '../../domain/rows/api-version';
import { BillingError } from '../../domain/core/errors';
import type { Dependencies, Scope } from './dependencies';
import { HttpError } from './errors';
import { openAnswer, sealAnswer } from './kept-answer';
import type { RequestIdentity } from './request';
import { DEADLINES } from '../../domain/core/deadlines';

/** A rendered answer, ready to be sent, stored and sent again. */
export interface Answer {
  status: number;
  text: string;
  /** For how many seconds the caller may keep it, if at all. */
  cacheSeconds?: number;
}

export interface WritingRequest {
  requestId: string;
  idempotencyKey: string | null;
  scope: Scope;
  method: string;
  path: string;
  /** The release of the API in whose shape it is answered. */
  version: ApiVersion;
  /** The parameters as sent, to compare with a repeated request. */
  raw: Record<string, unknown>;
  /** The parameters that activities read by the request's id; null without a workflow. */
  stored: Record<string, unknown> | null;
  /** The entry in the audit log of an answer to the request with this id; null without one. */
  entry: ((answer: Answer, request: string) => NewAuditEntry) | null;
  /** The answer as it may be stored. Absent: as it is. */
  seal?: (text: string) => string;
}

export interface IdempotentAnswer extends Answer {
  replayed: boolean;
  /** The release of the API in whose shape the body is: that of the first request with this key. Null if it is not known. */
  version: string | null;
  /** Id of the first request with this key. */
  originalRequest: string;
}

const LOOK_EVERY_MS = 50;
const KEY_MAX = 255;

/** @throws BillingError idempotency_mismatch if the key was used with other parameters; 409 if the first request is still running */
export async function once(
  deps: Dependencies,
  request: WritingRequest,
  run: (identity: RequestIdentity) => Promise<Answer>,
): Promise<IdempotentAnswer> {
  const { requestId, idempotencyKey } = request;
  if (idempotencyKey === null) return withoutKey(deps, request, run);
  if (idempotencyKey === '' || idempotencyKey.length > KEY_MAX) {
    throw new BillingError('parameter_invalid', `The Idempotency-Key header must be 1 to ${String(KEY_MAX)} characters long.`);
  }
  const holder = randomUUID();
  const outcome = await claimOrWait(deps, request, holder);
  if (outcome.state === 'done') {
    const { status, response, apiVersion, id } = outcome;
    const text = openAnswer(deps.secret, request.idempotencyKey ?? '', { id, text: response });
    return { status, text, replayed: true, version: apiVersion, originalRequest: id };
  }
  const answer = await runHeld(deps, request, { identity: { id: outcome.id, idempotencyKey }, holder }, run);
  return { ...answer, version: request.version, replayed: outcome.id !== requestId, originalRequest: outcome.id };
}

async function withoutKey(
  deps: Dependencies,
  request: WritingRequest,
  run: (identity: RequestIdentity) => Promise<Answer>,
): Promise<IdempotentAnswer> {
  const { requestId: id, stored } = request;
  if (stored !== null) await claimRequest(deps.sql, claimOf(deps, request, randomUUID()));
  const answer = await run({ id, idempotencyKey: null });
  const entry = request.entry?.(answer, id) ?? null;
  if (stored !== null && isFinal(answer.status)) await finishUnrepeatable(deps, id, { status: answer.status, entry });
  else if (entry !== null) await insertAuditEntry(deps.sql, entry);
  return { ...answer, version: request.version, replayed: false, originalRequest: request.requestId };
}

type Settled = Extract<ClaimOutcome, { state: 'ours' | 'done' }>;

async function claimOrWait(deps: Dependencies, request: WritingRequest, holder: string): Promise<Settled> {
  const claim = claimOf(deps, request, holder);
  const deadline = performance.now() + DEADLINES.idempotencyWait;
  for (;;) {
    const outcome = await claimRequest(deps.sql, claim);
    if (outcome.state === 'ours' || outcome.state === 'done') return outcome;
    if (outcome.state === 'mismatch') throw new BillingError('idempotency_mismatch', mismatchMessage(request.idempotencyKey ?? ''));
    if (performance.now() > deadline) throw new HttpError(409, IN_USE, { type: 'idempotency_error', code: 'idempotency_key_in_use' });
    await sleep(LOOK_EVERY_MS);
  }
}

async function runHeld(
  deps: Dependencies,
  { version: apiVersion, entry, seal = asItIs }: WritingRequest,
  { identity, holder }: { identity: RequestIdentity; holder: string },
  run: (identity: RequestIdentity) => Promise<Answer>,
): Promise<Answer> {
  const renewal = setInterval(() => {
    renewRequest(deps.sql, identity.id, holder).catch((error: unknown) => deps.log.warn({ err: error }, 'a lease was not renewed'));
  }, DEADLINES.idempotencyBeat);
  try {
    const answer = await run(identity);
    const audited = entry?.(answer, identity.id) ?? null;
    const { status, text } = answer;
    if (isFinal(status)) {
      const response = sealAnswer(deps.secret, identity.idempotencyKey ?? '', { id: identity.id, text: seal(text) });
      await finishRequest(deps.sql, identity.id, { status, response, apiVersion }, audited);
    } else await release(deps, identity.id, holder);
    if (!isFinal(status) && audited !== null) await insertAuditEntry(deps.sql, audited);
    return answer;
  } catch (error) {
    await release(deps, identity.id, holder);
    throw error;
  } finally {
    clearInterval(renewal);
  }
}

const asItIs = (text: string): string => text;

/** An answer that may be different for a repeated request is not stored. */
function isFinal(status: number): boolean {
  return status < 500 && status !== 429 && status !== 409;
}

/**
 * No request can repeat this answer, so recording that it was given allows pruning the request. If Postgres is away, the request is kept
 * longer, but nothing goes without its entry.
 */
async function finishUnrepeatable(
  deps: Dependencies,
  id: string,
  { status, entry }: { status: number; entry: NewAuditEntry | null },
): Promise<void> {
  await finishRequest(deps.sql, id, { status, response: null, apiVersion: null }, entry).catch((error: unknown) => {
    if (entry !== null) throw error;
    deps.log.warn({ err: error }, 'a request was not marked as answered');
  });
}

// If Postgres is away, the lease runs out on its own.
async function release(deps: Dependencies, id: string, holder: string): Promise<void> {
  await releaseRequest(deps.sql, id, holder).catch((error: unknown) => deps.log.warn({ err: error }, 'a lease was not released'));
}

function claimOf(deps: Dependencies, request: WritingRequest, holder: string) {
  const { requestId, idempotencyKey, scope, method, path, raw, stored } = request;
  return {
    ...scope,
    id: requestId,
    idempotencyKey,
    method,
    path,
    // Keyed, so that nobody can guess sensitive parameters from the row.
    hash: createHmac('sha256', deps.secret)
      .update(`${method} ${path} ${canonical(raw)}`)
      .digest('hex'),
    parameters: stored ?? {},
    created: Math.floor(Date.now() / 1000),
    holder,
  };
}

/** JSON with sorted keys, so that the order of parameters does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

const IN_USE = 'There is currently another in-progress request using this Idempotent Key. Please retry in a moment.';

function mismatchMessage(key: string): string {
  return (
    `Keys for idempotent requests can only be used with the same parameters they were first used with. ` +
    `Try using a key other than '${key}' if you meant to execute a different request.`
  );
}
