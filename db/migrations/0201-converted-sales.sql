-- A standing also says what it counts of sales in other currencies; those of earlier notices had none.
update tax_thresholds set standing = standing || '{"converted": []}';
