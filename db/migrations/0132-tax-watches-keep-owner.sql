select keep_owner('tax_watches');
