/** The blocks in the editor: two fields. WordPress renders them on the server (includes/blocks.php). No build. */
(({ blocks, element, components, blockEditor }) => {
  const { createElement: h } = element;
  const field = (label, help, value, onChange) =>
    h(components.TextControl, { label, help, value, onChange, __nextHasNoMarginBottom: true });

  const register = (name, title, prefix) =>
    blocks.registerBlockType(`dunlin/${name}`, {
      edit: ({ attributes, setAttributes }) =>
        h(
          'div',
          blockEditor.useBlockProps(),
          h(
            components.Placeholder,
            { label: title, icon: 'money-alt' },
            field('Id', `It begins with ${prefix}_.`, attributes.id, (id) => setAttributes({ id: id.trim() })),
            field('Name', 'For screen readers, and for visitors without script.', attributes.label, (label) => setAttributes({ label })),
          ),
        ),
      save: () => null,
    });

  register('pricing-table', 'Dunlin pricing table', 'ptbl');
  register('payment-link', 'Dunlin payment button', 'plink');
})(window.wp);
