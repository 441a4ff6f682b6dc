/** Links to the portal by mail: each opens one session, for a short time. */
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { writeMail } from '../mail/write';
import type { PortalLogin } from '../rows/portal';
import { createPortalSession } from './sessions';

/** How long a link works. */
export const LOGIN_SECONDS = 900;
export const LOGINS_COUNTED_SECONDS = 3600;
/** A double click on the link's button is one use. */
const REPEATED_SECONDS = 30;

interface LoginRequest {
  customer: string;
  configuration: string;
  /** The server's URL, as the visitor knows it. */
  origin: string;
}

/** Mails a link. Above the limit nothing happens, so that nobody can fill a mailbox from the page. */
export function mailPortalLogin(changes: ChangeSet, { customer, configuration, origin }: LoginRequest): void {
  const recent = changes.rows.where(
    'portalLogin',
    (login) => login.customer === customer && login.created > changes.now - LOGINS_COUNTED_SECONDS,
  );
  if (recent.length >= LIMITS.portalLogins.max) return;
  const resource = changes.resource('bplog');
  changes.put('portalLogin', { ...resource, customer, configuration, expiresAt: changes.now + LOGIN_SECONDS, usedAt: null });
  const url = `${origin}/p/login/link/${changes.context.secretFor(resource.id)}`;
  writeMail(changes, { kind: 'portal_login', about: resource.id, customer, facts: { date: changes.now, url } });
}

/** Whether a link still works. */
export const isUsable = ({ expiresAt, usedAt }: PortalLogin, now: number): boolean =>
  usedAt === null ? expiresAt > now : now - usedAt <= REPEATED_SECONDS;

/** Opens the session that a link is for. */
export function usePortalLogin(changes: ChangeSet, id: string, origin: string): void {
  const { customer, configuration } = changes.rows.get('portalLogin', id);
  changes.patch('portalLogin', id, { usedAt: changes.now });
  createPortalSession(changes, { customer, configuration }, origin);
}
