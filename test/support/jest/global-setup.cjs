/** Jest would compile the product for the setup once more, and keep it on disk. */
require('./load-product.cjs');

module.exports = () => require('../global-setup.ts').default();
