/** Jest's environment for Node. An error that a test makes is one to the product, too, which Node loaded outside of it (`shared-runtime.cjs`). */
const { TestEnvironment } = require('jest-environment-node');

const ERRORS = ['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of ERRORS) this.global[name] = globalThis[name];
  }

  /** Jest wants a hundred frames of each error, and looks each of them up in source maps: also at every call of Stripe's SDK, which notes its caller. */
  async setup() {
    await super.setup();
    Error.stackTraceLimit = 20;
  }
}

module.exports = SharedEnvironment;
