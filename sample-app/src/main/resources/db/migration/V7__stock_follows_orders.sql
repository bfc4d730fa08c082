-- The count drifted from the shelf whenever somebody forgot to write it down. From now on the database keeps it.
create function take_from_stock() returns trigger
    language plpgsql as
$$
begin
    update stock set copies = copies - new.copies where book_id = new.book_id;
    if not found then
        raise exception 'book % has never been in stock', new.book_id
            using errcode = 'check_violation', constraint = 'stock_never_negative';
    end if;
    return new;
end;
$$;

create trigger order_lines_take_from_stock
    after insert on order_lines
    for each row execute function take_from_stock();
