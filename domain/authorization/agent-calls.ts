/** Calls of agents have idempotency keys of their own form, so that a commit knows whose it is. */

const ALONE = 'mcp/';
const APPROVED = 'mcp+/';

/** Two API keys never share one. `approved`: a person has approved the call, whatever it moves. */
export const agentKey = (keyId: string, key: string, approved: boolean): string => `${approved ? APPROVED : ALONE}${keyId}/${key}`;

/** The API key of an agent that acts without a person. Null: nobody limits what the request moves. */
export function aloneIn(idempotencyKey: string | null | undefined): string | null {
  if (typeof idempotencyKey !== 'string' || !idempotencyKey.startsWith(ALONE)) return null;
  return idempotencyKey.slice(ALONE.length).split('/')[0] ?? null;
}
