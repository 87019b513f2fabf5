-- These functions forbid sequential scans, so that a plan made once stays good. Where a table has no other way, as one of four rows, the
-- planner still takes such a scan and adds ten billion to its cost: so much that Postgres compiles the statement, which took 70 ms for 0.1.
-- What they do is always short, so it is never compiled.
do $$
declare
    v_function regprocedure;
begin
    for v_function in
        select oid::regprocedure from pg_proc where pronamespace = 'fte'::regnamespace and 'enable_seqscan=off' = any (proconfig)
    loop
        execute format('alter function %s set jit = off', v_function);
    end loop;
end $$;
