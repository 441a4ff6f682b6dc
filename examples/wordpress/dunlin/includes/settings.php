<?php
/**
 * Where Dunlin is, and the secrets that this site shares with it.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

/** The name of each setting, and what the settings page calls it. */
const SETTINGS = array(
	'dunlin_url'            => 'Address of Dunlin, for example https://billing.example.com',
	'dunlin_api_key'        => 'API key, which begins with sk_',
	'dunlin_webhook_secret' => 'Secret of the webhook endpoint, which begins with whsec_',
);

/** A constant of the same name in capitals, in wp-config.php, comes before the database. */
function setting( string $name ): string {
	$constant = strtoupper( $name );
	$value    = defined( $constant ) ? constant( $constant ) : get_option( $name, '' );
	return trim( (string) $value );
}

/** Without a slash at the end; empty until it is set to an http or https address. */
function dunlin_url(): string {
	$url = rtrim( setting( 'dunlin_url' ), '/' );
	return 1 === preg_match( '#^https?://[^/\s]+#', $url ) ? $url : '';
}

function add_settings_page(): void {
	add_options_page( 'Dunlin', 'Dunlin', 'manage_options', 'dunlin', __NAMESPACE__ . '\\show_settings_page' );
}

function register_settings(): void {
	foreach ( array_keys( SETTINGS ) as $name ) {
		register_setting( 'dunlin', $name, array( 'type' => 'string', 'sanitize_callback' => 'sanitize_text_field' ) );
	}
}

function show_settings_page(): void {
	echo '<div class="wrap"><h1>Dunlin</h1><form method="post" action="options.php">';
	settings_fields( 'dunlin' );
	foreach ( SETTINGS as $name => $label ) {
		$is_secret = 'dunlin_url' !== $name;
		printf(
			'<p><label for="%1$s">%2$s</label><br><input class="regular-text" id="%1$s" name="%1$s" type="%3$s" value="%4$s" autocomplete="off"></p>',
			esc_attr( $name ),
			esc_html( $label ),
			$is_secret ? 'password' : 'url',
			esc_attr( setting( $name ) )
		);
	}
	submit_button();
	echo '</form></div>';
}
