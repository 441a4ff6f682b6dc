/**
 * Loaded before everything else in the worker's process (`--require`), for the sake of its workflow threads.
 *
 * There, Temporal's SDK takes a stack trace of every promise, so that the query `__stack_trace` (Call Stack in the Temporal UI) can
 * say where a workflow waits: a fifth of all the CPU that a worker spends. What ours wait for is in their current details
 * and in the query `agenda`. Where promise hooks are not to be had, the SDK goes on without, and answers that query so. Leave this out,
 * and call stacks are back.
 */
const { isMainThread } = require('node:worker_threads');
const v8 = require('node:v8');

if (!isMainThread) {
  const { createHook } = v8.promiseHooks;
  const warn = console.warn;
  // Node's own hooks, which carry a workflow's scopes from promise to promise, come this way too, and are for all four moments.
  v8.promiseHooks.createHook = (hooks) => {
    if (hooks.before !== undefined) return createHook(hooks);
    throw new Error('call stacks of workflows are not collected');
  };
  // What the SDK has to say about it, once per thread, would be taken for a fault.
  console.warn = (...said) => {
    if (!String(said[0]).includes('promiseHooks.createHook is not available')) warn(...said);
  };
}
