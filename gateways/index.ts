import { sandboxMemory } from '../db/sandbox';
import type { Sql } from '../db/connect';
import type { Gateways } from './payment-gateway';
import { createSandboxGateway } from './sandbox/sandbox-gateway';

/**
 * Every processor that this installation can charge with, by its name in payment methods.
 *
 * @param publicUrl the server's URL for browsers, for the sandbox's page on which cardholders authenticate
 */
export function createGateways(sql: Sql, publicUrl = 'http://127.0.0.1:4010'): Gateways {
  return { sandbox: (seller) => createSandboxGateway(sandboxMemory(sql, seller), publicUrl) };
}
