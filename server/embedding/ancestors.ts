import type { Sql } from '../../db/connect';
import { loadRows } from '../../db/related';
import { settingsOf } from '../../domain/rows/account';
import type { CheckoutSession } from '../../domain/rows/checkout-session';

/** A shop that is being built. */
const LOCAL = ['http://localhost:*', 'http://127.0.0.1:*'];

/**
 * The sites that may show a session's page in a frame: those of the account's settings, and the one that the buyer returns to. In test mode,
 * also those of the developer's own machine.
 *
 * @returns origins as in `frame-ancestors` of a content security policy; none for a hosted page
 */
export async function ancestorsOf(sql: Sql, session: CheckoutSession): Promise<string[]> {
  if (session.uiMode === 'hosted_page') return [];
  const [account] = (await loadRows(sql, 'account', session, [session.account])).all('account');
  const named = account ? settingsOf(account, session).embedding.allowed_origins : [];
  const { return_url: back } = session.settings;
  const returning = back === null ? [] : [new URL(back).origin].filter(isPlain);
  return [...new Set([...named, ...returning, ...(session.livemode ? [] : LOCAL)])];
}

/** A host may have a semicolon or a comma in a URL, which would begin another directive of the policy. */
const isPlain = (origin: string): boolean => /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin);
