/** Dunlin's own: who may use the API and the console, and what they have done. Times are real, not a test clock's. */
import { z } from 'zod';
import { SCOPES } from '../../domain/authorization/permissions';
import { ROLES } from '../../domain/rows/user';
import { epoch, integer } from './parts';

export const apiKey = z
  .strictObject({
    id: z.string(),
    object: z.literal('api_key'),
    agent: z.boolean(),
    created: epoch(),
    expires_at: epoch().nullable(),
    last_used_at: epoch().nullable(),
    livemode: z.boolean(),
    name: z.string().nullable(),
    redacted: z.string(),
    revoked_at: epoch().nullable(),
    scopes: z.array(z.enum(SCOPES)).nullable(),
    type: z.enum(['restricted', 'secret']),
  })
  .meta({ id: 'api_key' });
export type WireApiKey = z.output<typeof apiKey>;

/** The only answers with the key itself. */
export const apiKeyWithSecret = apiKey.extend({ secret: z.string() }).meta({ id: 'api_key_with_secret' });

export const user = z
  .strictObject({
    id: z.string(),
    object: z.literal('user'),
    created: epoch(),
    disabled_at: epoch().nullable(),
    email: z.string().nullable(),
    has_password: z.boolean(),
    last_login_at: epoch().nullable(),
    locked_until: epoch().nullable(),
    name: z.string().nullable(),
    role: z.enum(ROLES),
  })
  .meta({ id: 'user' });
export type WireUser = z.output<typeof user>;

/** The only answers with the link. */
export const userWithLink = user.extend({ setup_url: z.string() }).meta({ id: 'user_with_link' });

export const userSession = z
  .strictObject({
    id: z.string(),
    object: z.literal('user_session'),
    created: epoch(),
    expires_at: epoch(),
    ip: z.string(),
    last_seen_at: epoch(),
    method: z.enum(['link', 'passkey', 'password', 'sso']),
    user: z.string(),
    user_agent: z.string(),
  })
  .meta({ id: 'user_session' });
export type WireUserSession = z.output<typeof userSession>;

export const auditEntry = z
  .strictObject({
    id: z.string(),
    object: z.literal('audit_entry'),
    actor: z.string(),
    created: epoch(),
    error_code: z.string().nullable(),
    ip: z.string(),
    livemode: z.boolean(),
    operation: z.string(),
    related_object: z.string().nullable(),
    request: z.string(),
    status: integer(),
  })
  .meta({ id: 'audit_entry' });
export type WireAuditEntry = z.output<typeof auditEntry>;
