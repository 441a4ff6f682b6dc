<?php
/**
 * Plugin Name: Dunlin
 * Description: Pricing tables and payment buttons as blocks, and a WooCommerce payment method, all on Dunlin's own pages.
 * Version: 0.1.0
 * Requires at least: 6.4
 * Requires PHP: 8.1
 * License: Apache-2.0
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

require_once __DIR__ . '/includes/api.php';
require_once __DIR__ . '/includes/amounts.php';
require_once __DIR__ . '/includes/blocks.php';
require_once __DIR__ . '/includes/settings.php';
require_once __DIR__ . '/includes/signature.php';
require_once __DIR__ . '/includes/webhook.php';

add_action( 'init', __NAMESPACE__ . '\\register_blocks' );
add_action( 'admin_menu', __NAMESPACE__ . '\\add_settings_page' );
add_action( 'admin_init', __NAMESPACE__ . '\\register_settings' );

// WooCommerce keeps orders in tables of its own; this plugin only uses WC_Order.
add_action(
	'before_woocommerce_init',
	static function (): void {
		if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
			foreach ( array( 'custom_order_tables', 'cart_checkout_blocks' ) as $feature ) {
				\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( $feature, __FILE__, true );
			}
		}
	}
);

add_action(
	'plugins_loaded',
	static function (): void {
		if ( ! class_exists( '\WC_Payment_Gateway' ) ) {
			return;
		}
		require_once __DIR__ . '/includes/gateway.php';
		add_filter(
			'woocommerce_payment_gateways',
			static fn ( array $gateways ): array => array( ...$gateways, Gateway::class )
		);
		add_action( 'woocommerce_api_dunlin', __NAMESPACE__ . '\\handle_webhook' );
	}
);

add_action(
	'woocommerce_blocks_loaded',
	static function (): void {
		if ( ! class_exists( '\Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType' ) ) {
			return;
		}
		require_once __DIR__ . '/includes/checkout-block.php';
		add_action(
			'woocommerce_blocks_payment_method_type_registration',
			static function ( $registry ): void {
				$registry->register( new Checkout_Block() );
			}
		);
	}
);
