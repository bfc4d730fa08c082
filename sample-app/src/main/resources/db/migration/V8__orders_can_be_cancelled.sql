-- Customers change their minds. A new enum value cannot be used in the transaction that adds it, so what uses it is V9.
alter type order_status add value 'cancelled';
