/** One call of an operation, and who makes it. */
import type { ApiVersion } from '../../domain/rows/api-version';
import type { Permissions } from '../../domain/authorization/permissions';
import type { Scope } from './dependencies';
import type { Answer, IdempotentAnswer } from './idempotency';
import type { SecretOf } from './new-secret';
import type { Operation } from './operation';
import type { RawParameters } from './validation';

export interface Call {
  operation: Operation;
  /** As the caller sent them, `expand` among them. */
  raw: RawParameters;
  /** `{ customer: 'cus_1' }` of `/v1/customers/:customer`. */
  path: Readonly<Record<string, string>>;
  /** The path with its values, which a list shows as its `url`. */
  url: string;
}

export interface Caller {
  scope: Scope;
  /** Id of the API key, or of the user. */
  keyId: string;
  /** What a refusal may show of the key: its beginning and its end. Null: a user. */
  key: string | null;
  permissions: Permissions;
  /** The address that the request came from. */
  ip: string;
  /** What only the caller can make of a salt. */
  secretOf: SecretOf;
  /** The server's URL, as the caller knows it. */
  origin: string;
  requestId: string;
  idempotencyKey: string | null;
  version: ApiVersion;
}

/** A write with an Idempotency-Key also says whose answer it is. */
export type Performed = Answer | IdempotentAnswer;
