<?php
/**
 * The signature of a webhook, which is Stripe's: `Stripe-Signature: t=…,v1=…`.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

/** Seconds after which a delivery is refused: nobody may send an old one again. */
const SIGNATURE_TOLERANCE = 300;

/** Whether Dunlin has sent exactly this payload, not long ago. Several `v1` are there while a secret is replaced; one is enough. */
function is_signed( string $payload, string $header, string $secret, int $now ): bool {
	$time       = null;
	$signatures = array();
	foreach ( explode( ',', $header ) as $part ) {
		list( $name, $value ) = array_pad( explode( '=', trim( $part ), 2 ), 2, '' );
		if ( 't' === $name && ctype_digit( $value ) ) {
			$time = (int) $value;
		} elseif ( 'v1' === $name ) {
			$signatures[] = $value;
		}
	}
	if ( '' === $secret || null === $time || abs( $now - $time ) > SIGNATURE_TOLERANCE ) {
		return false;
	}
	$expected = hash_hmac( 'sha256', "{$time}.{$payload}", $secret );
	$matching = array_filter( $signatures, static fn ( string $signature ): bool => hash_equals( $expected, $signature ) );
	return array() !== $matching;
}
