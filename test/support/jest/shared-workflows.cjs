/**
 * The threads in which workflows run, for the next product of one of Jest's processes when a worker has stopped. Each product of a test would
 * start one, which reads and runs the code of the workflows anew. A thread has one worker at a time, which takes its workflows out of it when
 * it stops, as if the thread had ended.
 */
const { Worker } = require('@temporalio/worker');

const { getOrCreateBundle, createWorkflowCreator } = Worker;
const scripts = new Map();
/** Threads without a worker, by what they were made for. */
const free = new Map();

Worker.getOrCreateBundle = function (options, logger) {
  const { code } = options.workflowBundle ?? {};
  const known = scripts.get(code);
  if (known !== undefined) return known;
  const script = getOrCreateBundle.call(this, options, logger);
  if (code !== undefined) scripts.set(code, script);
  return script;
};

Worker.createWorkflowCreator = async function (script, options, logger) {
  const make = () => createWorkflowCreator.call(this, script, options, logger);
  // Replays have no thread.
  if (options.debugMode) return make();
  const { workflowThreadPoolSize, reuseV8Context, activities } = options;
  const key = JSON.stringify([workflowThreadPoolSize, reuseV8Context, [...activities.keys()], script.code]);
  if (!free.has(key)) free.set(key, []);
  const threads = free.get(key);
  return lent(threads.pop() ?? (await make()), threads);
};

function lent(thread, free) {
  const running = new Set();
  return {
    async createWorkflow(options) {
      const workflow = await thread.createWorkflow(options);
      const dispose = workflow.dispose.bind(workflow);
      workflow.dispose = () => {
        running.delete(workflow);
        return dispose();
      };
      running.add(workflow);
      return workflow;
    },
    async destroy() {
      await Promise.all([...running].map((workflow) => workflow.dispose()));
      // It must not keep Jest from ending.
      for (const { workerThread } of thread.workerThreadClients) workerThread.unref();
      if (thread.workerThreadClients.every((client) => !client.workerExited)) free.push(thread);
    },
  };
}
