-- What a cancelled order had taken goes back to the shelf.
create function return_to_stock() returns trigger
    language plpgsql as
$$
begin
    update stock
    set copies = stock.copies + order_lines.copies
    from order_lines
    where order_lines.order_id = new.id
      and stock.book_id = order_lines.book_id;
    return new;
end;
$$;

create trigger orders_return_to_stock
    after update of status on orders
    for each row
    when (new.status = 'cancelled' and old.status <> 'cancelled')
execute function return_to_stock();
