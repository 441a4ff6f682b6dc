/** Jest's environment for Node. An error that a test makes is one to the product, too, which Node loaded outside of it (`shared-runtime.cjs`). */
const { TestEnvironment } = require('jest-environment-node');

const ERRORS = ['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of ERRORS) this.global[name] = globalThis[name];
  }
}

module.exports = SharedEnvironment;
