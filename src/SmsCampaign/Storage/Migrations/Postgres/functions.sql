-- What SQLite has and PostgreSQL has by another name. In the installation's schema; made anew by every version.

create or replace function instr(text, text) returns bigint language sql immutable parallel safe
    as 'select strpos($1, $2)::bigint';

-- What stands in an array that json_array makes.
create or replace function as_json(text) returns text language sql immutable parallel safe
    as 'select coalesce(to_json($1)::text, ''null'')';

create or replace function as_json(bigint) returns text language sql immutable parallel safe
    as 'select coalesce($1::text, ''null'')';

-- Of a place as $[3]; null where the text is no JSON, or has nothing there.
create or replace function json_extract(text, text) returns text language plpgsql immutable parallel safe as '
begin
    return $1::json ->> substr($2, 3, length($2) - 3)::int;
exception when others then
    return null;
end';

create or replace function json_valid(text) returns boolean language plpgsql immutable parallel safe as '
begin
    perform $1::json;
    return true;
exception when others then
    return false;
end';
