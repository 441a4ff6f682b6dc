/** Renders keys, users and the audit log: Dunlin's own. */
import type { AuditEntry } from '../domain/authorization/audit';
import type { ApiKeyRow } from '../domain/authorization/keys';
import type { User, UserSession } from '../domain/rows/user';
import { csvOf } from './csv';
import type { WireApiKey, WireAuditEntry, WireUser, WireUserSession } from './shapes/access';

export const toApiKey = ({
  id,
  livemode,
  created,
  name,
  prefix,
  last4,
  scopes,
  lastUsedAt,
  expiresAt,
  revokedAt,
  agent,
}: ApiKeyRow): WireApiKey => ({
  id,
  object: 'api_key',
  agent,
  created,
  expires_at: expiresAt,
  last_used_at: lastUsedAt,
  livemode,
  name,
  redacted: `${prefix}…${last4}`,
  revoked_at: revokedAt,
  scopes: scopes === null ? null : [...scopes],
  type: scopes === null ? 'secret' : 'restricted',
});

export const toUser = ({ id, created, email, name, role, hasPassword, lastLoginAt, lockedUntil, disabledAt }: User): WireUser => ({
  id,
  object: 'user',
  created,
  disabled_at: disabledAt,
  email,
  has_password: hasPassword,
  last_login_at: lastLoginAt,
  locked_until: lockedUntil,
  name,
  role,
});

export const toUserSession = ({ id, user, created, method, lastSeenAt, expiresAt, ip, userAgent }: UserSession): WireUserSession => ({
  id,
  object: 'user_session',
  created,
  expires_at: expiresAt,
  ip,
  last_seen_at: lastSeenAt,
  method,
  user,
  user_agent: userAgent,
});

export const toAuditEntry = ({
  id,
  livemode,
  created,
  actor,
  operation,
  object,
  request,
  ip,
  status,
  error,
}: AuditEntry): WireAuditEntry => ({
  id,
  object: 'audit_entry',
  actor,
  created,
  error_code: error,
  ip,
  livemode,
  operation,
  related_object: object,
  request,
  status,
});

export const auditCsv = (entries: readonly AuditEntry[]): string =>
  csvOf(
    ['id', 'created', 'actor', 'operation', 'related_object', 'request', 'ip', 'status', 'error_code'],
    entries.map((each) => [
      ...[each.id, new Date(each.created * 1000).toISOString(), each.actor, each.operation, each.object ?? '', each.request, each.ip],
      ...[each.status, each.error ?? ''],
    ]),
  );
