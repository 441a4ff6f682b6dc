/** Shows the payment method in WooCommerce's checkout block. The buyer pays on Dunlin's page afterwards. No build. */
(({ wc, wp }) => {
  const { title, description } = wc.wcSettings.getSetting('dunlin_data', {});
  const text = wp.htmlEntities.decodeEntities(description ?? '');
  const Content = () => text;
  wc.wcBlocksRegistry.registerPaymentMethod({
    name: 'dunlin',
    label: wp.htmlEntities.decodeEntities(title ?? 'Dunlin'),
    ariaLabel: wp.htmlEntities.decodeEntities(title ?? 'Dunlin'),
    content: wp.element.createElement(Content),
    edit: wp.element.createElement(Content),
    canMakePayment: () => true,
    supports: { features: ['products', 'refunds'] },
  });
})(window);
