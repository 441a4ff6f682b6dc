<?php
/**
 * Amounts in minor units, as Dunlin counts them.
 *
 * @package Dunlin
 */

declare( strict_types = 1 );

namespace Dunlin;

/** Currencies whose amounts have no decimals, and those that have three; all others have two. As Stripe's. */
const WITHOUT_DECIMALS   = array( 'BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF' );
const WITH_THREE_DECIMALS = array( 'BHD', 'JOD', 'KWD', 'OMR', 'TND' );

/**
 * WooCommerce's amount (a decimal text) in minor units. It is computed on the digits: a float would lose a cent of 1.15.
 *
 * @throws \InvalidArgumentException For what is no amount.
 */
function minor_units( string $amount, string $currency ): int {
	if ( 1 !== preg_match( '/^\d{1,12}(\.\d+)?\z/', $amount ) ) {
		throw new \InvalidArgumentException( "'{$amount}' is no amount." );
	}
	$places               = decimals_of( $currency );
	list( $whole, $part ) = array_pad( explode( '.', $amount ), 2, '' );
	$digits               = str_pad( $part, $places + 1, '0' );
	$minor                = (int) ( $whole . substr( $digits, 0, $places ) );
	return $digits[ $places ] >= '5' ? $minor + 1 : $minor;
}

function decimals_of( string $currency ): int {
	$code = strtoupper( $currency );
	if ( in_array( $code, WITHOUT_DECIMALS, true ) ) {
		return 0;
	}
	return in_array( $code, WITH_THREE_DECIMALS, true ) ? 3 : 2;
}
