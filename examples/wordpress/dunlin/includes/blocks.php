<?php
/**
 * The blocks: a pricing table and a payment button. Each is an element of Dunlin's /embed.js, with a link for visitors without script.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

/** For each block: its element, the attribute that names what it shows, and the form of that name's id. */
const BLOCKS = array(
	'pricing-table' => array( 'element' => 'dunlin-pricing-table', 'id' => '/^ptbl_[A-Za-z0-9]+\z/', 'path' => 'pricing', 'text' => 'Prices' ),
	'payment-link'  => array( 'element' => 'dunlin-buy-button', 'id' => '/^plink_[A-Za-z0-9]+\z/', 'path' => 'b', 'text' => 'Buy' ),
);

function register_blocks(): void {
	$url = dunlin_url();
	if ( '' !== $url ) {
		wp_register_script( 'dunlin-embed', "{$url}/embed.js", array(), null, array( 'strategy' => 'defer' ) );
	}
	wp_register_script(
		'dunlin-blocks',
		plugins_url( 'blocks/blocks.js', __DIR__ . '/../dunlin.php' ),
		array( 'wp-blocks', 'wp-element', 'wp-components', 'wp-block-editor' ),
		'0.1.0',
		true
	);
	foreach ( BLOCKS as $name => $block ) {
		register_block_type(
			"dunlin/{$name}",
			array(
				'api_version'           => 3,
				'title'                 => 'pricing-table' === $name ? 'Dunlin pricing table' : 'Dunlin payment button',
				'category'              => 'widgets',
				'icon'                  => 'money-alt',
				'attributes'            => array(
					'id'    => array( 'type' => 'string', 'default' => '' ),
					'label' => array( 'type' => 'string', 'default' => '' ),
				),
				'editor_script_handles' => array( 'dunlin-blocks' ),
				'render_callback'       => static fn ( array $attributes ): string => render_block( $name, $attributes ),
			)
		);
	}
}

/**
 * The element, or nothing for a wrong id: a visitor does not see a mistake of the editor.
 *
 * @param array<string, mixed> $attributes Of the block.
 */
function render_block( string $name, array $attributes ): string {
	$block = BLOCKS[ $name ];
	$id    = (string) ( $attributes['id'] ?? '' );
	$url   = dunlin_url();
	if ( '' === $url || 1 !== preg_match( $block['id'], $id ) ) {
		return '';
	}
	wp_enqueue_script( 'dunlin-embed' );
	$label = (string) ( $attributes['label'] ?? '' );
	return sprintf(
		'<%1$s %2$s="%3$s"%4$s><a href="%5$s">%6$s</a></%1$s>',
		$block['element'],
		$name,
		esc_attr( $id ),
		'' === $label ? '' : sprintf( ' label="%s"', esc_attr( $label ) ),
		esc_url( "{$url}/{$block['path']}/{$id}" ),
		esc_html( '' === $label ? $block['text'] : $label )
	);
}
