<?php
/**
 * Calls of Dunlin's HTTP API, which is Stripe's.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

/** What Dunlin has refused, or that it could not be reached. */
final class Api_Error extends \RuntimeException {}

/**
 * Sends one request. The same idempotency key never does the same thing twice, so a repeated click or a lost answer charges nobody again.
 *
 * @param array<string, mixed> $parameters As in Stripe's documentation; nested arrays are allowed.
 * @return array<string, mixed>
 * @throws Api_Error If Dunlin refuses, or cannot be reached.
 */
function post( string $path, array $parameters, string $idempotency_key ): array {
	$url = dunlin_url();
	if ( '' === $url || '' === setting( 'dunlin_api_key' ) ) {
		throw new Api_Error( 'Dunlin has no address or no API key yet.' );
	}
	$response = wp_remote_post(
		$url . $path,
		array(
			'timeout'     => 30,
			'redirection' => 0,
			'headers'     => array(
				'Authorization'   => 'Bearer ' . setting( 'dunlin_api_key' ),
				'Content-Type'    => 'application/x-www-form-urlencoded',
				'Idempotency-Key' => $idempotency_key,
			),
			'body'        => http_build_query( $parameters, '', '&', PHP_QUERY_RFC3986 ),
		)
	);
	if ( is_wp_error( $response ) ) {
		throw new Api_Error( $response->get_error_message() );
	}
	$answer = json_decode( wp_remote_retrieve_body( $response ), true );
	$status = (int) wp_remote_retrieve_response_code( $response );
	if ( ! is_array( $answer ) ) {
		throw new Api_Error( "Dunlin answered {$status} without JSON." );
	}
	if ( $status >= 400 ) {
		throw new Api_Error( (string) ( $answer['error']['message'] ?? "Dunlin answered {$status}." ) );
	}
	return $answer;
}
