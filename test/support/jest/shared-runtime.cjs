/**
 * Jest's runtime, except that what is no test is loaded by Node itself, once for each of Jest's processes. Jest would read all modules of the product and of its packages
 * anew for each test file, which takes longer than most files' tests. Files of `test/` are as apart from each other as Jest makes them, but for
 * those that keep a product, and Temporal's runtime, for the next file.
 */
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');
require('./load-product.cjs');

const root = join(__dirname, '..', '..', '..');
const tests = join(root, 'test') + sep;
const kept = ['system.ts', 'runtime.ts'].map((name) => join(root, 'test', 'support', name));
const requireOf = new Map();

/** Node's own `require`, as it is in that file. */
function nodeRequire(from) {
  let found = requireOf.get(from);
  if (found === undefined) {
    found = createRequire(from);
    requireOf.set(from, found);
  }
  return found;
}

/** How Jest tells its other processes to end. A product that was lent would keep them running. */
const END = 2;
process.on('message', ([type]) => {
  if (type === END) process.exit();
});

class SharedRuntime extends Runtime {
  requireModuleOrMock(from, name) {
    if (name === '@jest/globals' || name.startsWith('node:') || !from.startsWith(tests)) return super.requireModuleOrMock(from, name);
    if (name === '@temporalio/worker') require('./shared-workflows.cjs');
    const path = this._resolution.resolveCjs(from, name);
    return path.startsWith(tests) && !kept.includes(path) ? super.requireModuleOrMock(from, name) : nodeRequire(from)(path);
  }
}

module.exports = SharedRuntime;
