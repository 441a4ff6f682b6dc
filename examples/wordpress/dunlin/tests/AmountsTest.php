<?php
declare( strict_types = 1 );

use PHPUnit\Framework\TestCase;
use function Dunlin\minor_units;

final class AmountsTest extends TestCase {
	/** @return array<string, array{string, string, int}> */
	public static function amounts(): array {
		return array(
			'cents'                                   => array( '19.99', 'EUR', 1999 ),
			'what a float would lose'                 => array( '1.15', 'usd', 115 ),
			'one decimal'                             => array( '4.5', 'usd', 450 ),
			'no decimals'                             => array( '7', 'usd', 700 ),
			'more decimals than cents, rounded up'    => array( '0.995', 'usd', 100 ),
			'more decimals than cents, rounded down'  => array( '0.994', 'usd', 99 ),
			'yen, which have no decimals'             => array( '1500', 'JPY', 1500 ),
			'yen with a fraction'                     => array( '1500.5', 'jpy', 1501 ),
			'dinars, which have three'                => array( '1.234', 'KWD', 1234 ),
			'nothing'                                 => array( '0', 'eur', 0 ),
		);
	}

	/** @dataProvider amounts */
	public function test_an_amount_is_counted_in_minor_units( string $amount, string $currency, int $expected ): void {
		$this->assertSame( $expected, minor_units( $amount, $currency ) );
	}

	public function test_what_is_no_amount_is_refused(): void {
		foreach ( array( '', '-1', '1,50', '1e3', ' 1', "1\n" ) as $wrong ) {
			try {
				minor_units( $wrong, 'eur' );
				$this->fail( "'{$wrong}' was taken" );
			} catch ( InvalidArgumentException $error ) {
				$this->assertStringContainsString( 'is no amount', $error->getMessage() );
			}
		}
	}
}
