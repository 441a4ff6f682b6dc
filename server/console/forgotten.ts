/** A link by mail for somebody who has forgotten the password. Nothing that a visitor sees depends on whether there is such a user. */
import { publicUrlOf } from '../../config';
import { RESETS_COUNTED_SECONDS } from '../../domain/authorization/logins';
import { LIMITS } from '../../domain/core/limits';
import { writeMail } from '../../domain/mail/write';
import type { User } from '../../domain/rows/user';
import { randomId, secretSource } from '../../db/ids';
import { byKey, loadMatching } from '../../db/matching';
import { countResets, findUserByEmail, insertReset } from '../../db/users';
import { recordInAudit, type Browser } from '../access/login';
import type { Dependencies } from '../http/dependencies';
import { ApiRequest } from '../http/request';

/**
 * Mails a link to the user with this address, if there is one who has a password. Above the limit nothing happens, so that nobody can fill a mailbox
 * from the page. The mail's row has no token: the worker makes it when it sends the mail, so that who reads mails in the API cannot take over a user.
 */
export async function mailReset(deps: Dependencies, email: string, browser: Browser): Promise<void> {
  const user = await findUserByEmail(deps.sql, email);
  if (!user?.email || !user.hasPassword || user.disabledAt !== null) return;
  const now = Math.floor(Date.now() / 1000);
  if ((await countResets(deps.sql, user.id, now - RESETS_COUNTED_SECONDS)) >= LIMITS.passwordResets.max) return;
  const reset = randomId('upr');
  await insertReset(deps.sql, { id: user.id, token: secretSource(deps.secret)(reset), now });
  await recordInAudit(deps.sql, user, browser, { operation: 'ask_for_password', status: 200 });
  await write(deps, { user, email: user.email, reset, now }, browser);
}

async function write(
  deps: Dependencies,
  { user, email: recipient, reset, now }: { user: User; email: string; reset: string; now: number },
  { requestId }: Browser,
): Promise<void> {
  const scope = { account: user.account, livemode: true };
  const identity = { id: requestId, idempotencyKey: null };
  // The host of a request is its sender's word, and must not decide where the mail leads.
  const origin = publicUrlOf(deps.config);
  const asking = new ApiRequest(null, { path: {}, scope, keyId: user.id, identity, origin }, deps);
  await asking.change({
    step: 'mailPasswordReset',
    customer: null,
    subject: reset,
    load: (tx) => loadMatching(tx, scope, [byKey('account', user.account)]),
    plan: (changes) => {
      const facts = { date: now, url: `${origin}/console/setup` };
      writeMail(changes, { kind: 'password_reset', about: reset, customer: null, recipient, facts });
    },
  });
}
