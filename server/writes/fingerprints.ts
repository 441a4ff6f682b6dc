import { createHmac } from 'node:crypto';
import type { Dependencies, Scope } from '../http/dependencies';

const LENGTH = 16;

/** The same for the same card or account of an account's customers, whichever processor has it. Nobody can tell the number from it. */
export function fingerprintOf(
  { scope, deps }: { scope: Scope; deps: Pick<Dependencies, 'secret'> },
  kind: 'account' | 'card',
  number: string,
): string {
  const hash = createHmac('sha256', deps.secret).update(`${kind}\n${scope.account}\n${number}`).digest('base64url');
  return hash.replace(/[-_]/g, '').slice(0, LENGTH);
}
