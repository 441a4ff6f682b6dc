/**
 * Who may import whom. What is not in this table is an error (`npm run lint:architecture`), and CONTRIBUTING.md shows the same
 * table (`layers.test.ts`). A layer always sees its own files.
 *
 * sees: folders and files whose code it may import    types: those of which it may import types only
 * npm, node: packages and Node's modules              typesOf: packages of which it may import types only
 * also: what single files may import besides
 */
module.exports = {
  domain: { npm: ['bignumber.js'], why: 'Billing rules are pure: no I/O, no clock, no randomness.' },
  objects: { sees: ['domain'], typesOf: ['stripe'], why: "Rows to Stripe's objects, checked by the types of Stripe's own SDK." },
  db: {
    sees: ['domain'],
    node: ['crypto', 'fs/promises', 'path'],
    npm: ['postgres'],
    also: { 'db/migrate-main.ts': ['config.ts'] },
    why: 'The only SQL.',
  },
  fraud: { sees: ['domain'], why: 'Providers behind one port.' },
  tax: { sees: ['domain'], why: 'Providers behind one port.' },
  gateways: {
    sees: ['domain'],
    also: { 'gateways/index.ts': ['db'] },
    why: 'Payment processors behind one port; only its index wires the sandbox to its table.',
  },
  webhooks: {
    sees: ['domain'],
    node: ['crypto', 'dns', 'dns/promises', 'http', 'https', 'net'],
    npm: ['request-filtering-agent'],
    why: 'One HTTP request to an endpoint: signed, and only where it may go.',
  },
  activities: {
    sees: ['domain', 'db', 'objects', 'gateways', 'fraud', 'tax', 'webhooks'],
    types: ['temporal', 'workflows/contract.ts'],
    node: ['events'],
    npm: ['@temporalio/activity', '@temporalio/common'],
    why: 'Side effects, one idempotent step each.',
  },
  workflows: {
    sees: ['domain'],
    types: ['activities'],
    npm: ['@temporalio/workflow', '@temporalio/common'],
    why: 'Deterministic; activities as types only.',
  },
  temporal: {
    sees: ['domain', 'db', 'workflows/contract.ts'],
    types: ['config.ts'],
    npm: ['@temporalio/client', '@temporalio/common'],
    typesOf: ['@temporalio/worker'],
    why: 'Messages to workflows, for server and worker.',
  },
  server: {
    sees: ['domain', 'db', 'objects', 'webhooks', 'temporal', 'workflows/contract.ts', 'config.ts', 'gateways/sandbox/cards.ts'],
    node: ['crypto', 'http', 'net', 'path', 'timers/promises'],
    npm: ['@temporalio/client', 'express', 'express-rate-limit', 'helmet', 'peggy', 'pino', 'qs', 'swagger-ui-dist', 'zod', 'zod-openapi'],
    typesOf: ['stripe'],
    why: 'Parse, authorise, call, render. It reaches workflows through the contract only.',
  },
  worker: {
    sees: ['domain', 'db', 'gateways', 'activities', 'temporal', 'webhooks', 'workflows/contract.ts', 'config.ts'],
    node: ['crypto', 'fs', 'os', 'path', 'timers/promises'],
    npm: ['@temporalio/client', '@temporalio/common', '@temporalio/worker', 'pino'],
    why: 'Registers activities and the bundle of workflows, and runs them.',
  },
  embedded: {
    sees: ['db', 'config.ts', 'worker/search-attributes.ts'],
    node: ['child_process', 'crypto', 'fs', 'fs/promises', 'module', 'net', 'os', 'path', 'timers/promises', 'util'],
    npm: ['@temporalio/client'],
    why: 'The one-machine default: the four processes as children.',
  },
  'config.ts': { node: ['path'], npm: ['zod'], why: 'The only reader of the environment.' },
};
