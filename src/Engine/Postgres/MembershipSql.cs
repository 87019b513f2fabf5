namespace FteAgent.Engine.Postgres;

/// <summary>The statements of the membership store. In each, $1 is the cluster. Those that change who is a member follow one that locks its row.</summary>
internal static class MembershipSql
{
    /// <summary>One round trip, and nothing of it waits for the disk or for those who change the cluster.</summary>
    public const string Renew = """
        with me as (
            update engine.members set lease_until = now() + lease
            where cluster_id = $1 and endpoint = $2 and generation = $3
            returning 1)
        select exists (select from me), cluster.version, now(),
            coalesce((
                select string_agg(other.endpoint || '@' || other.generation, ' ')
                from engine.members other
                where other.cluster_id = $1 and other.lease_until <= now() and (other.endpoint, other.generation) <> ($2, $3)), '')
        from engine.clusters cluster
        where cluster.id = $1
        """;

    public const string Read = """
        select cluster.version, member.endpoint, member.generation, member.name, member.status,
            extract(epoch from member.lease_until - now())::float8, member.started_at
        from engine.clusters cluster
        left join engine.members member on member.cluster_id = cluster.id
        where cluster.id = $1
        """;

    /// <summary>Also lets the commit wait for the disk.</summary>
    public const string LockCluster = "select version, set_config('synchronous_commit', 'on', true) from engine.clusters where id = $1 for update";

    public const string AddCluster = "insert into engine.clusters (id, version, last_generation) values ($1, 0, 0) on conflict (id) do nothing";

    public const string NextIncarnation = """
        update engine.clusters set
            version = greatest(version, $2) + 1,
            last_generation = greatest(last_generation + 1, $3 + 1, extract(epoch from now() - timestamptz '2022-01-01 00:00:00+00')::integer)
        where id = $1
        returning set_config('synchronous_commit', 'on', true)
        """;

    public const string StrikeOutEarlier = """
        delete from engine.members
        where cluster_id = $1 and (endpoint = $2 or (status = 'joining' and lease_until <= now()))
        """;

    public const string AddMember = """
        insert into engine.members (cluster_id, endpoint, generation, name, status, lease, lease_until, started_at)
        select id, $2, last_generation, $3, 'joining', $4, now() + $4, now() from engine.clusters where id = $1
        returning endpoint, generation
        """;

    public const string Activate = """
        with moved as (
            update engine.members set status = 'active'
            where cluster_id = $1 and endpoint = $2 and generation = $3 and status = 'joining'
                and (select version from engine.clusters where id = $1) = $4
            returning 1)
        update engine.clusters set version = version + 1 where id = $1 and exists (select from moved)
        """;

    public const string Leave = """
        with moved as (
            update engine.members set status = 'leaving'
            where cluster_id = $1 and endpoint = $2 and generation = $3 and status <> 'leaving'
            returning 1)
        update engine.clusters set version = version + 1 where id = $1 and exists (select from moved)
        """;

    public const string StatusOf = "select status from engine.members where cluster_id = $1 and endpoint = $2 and generation = $3";

    public const string Remove = """
        with gone as (
            delete from engine.members where cluster_id = $1 and endpoint = $2 and generation = $3
            returning 1)
        update engine.clusters set version = version + 1 where id = $1 and exists (select from gone)
        """;

    /// <summary>$2 and $3 are the victim, $4 and $5 the evictor, $6 what the clock may read at most.</summary>
    public const string Evict = """
        with gone as (
            delete from engine.members victim
            where victim.cluster_id = $1 and victim.endpoint = $2 and victim.generation = $3 and victim.lease_until <= now()
                and (victim.status = 'joining'
                    or (now() <= $6 and exists (
                        select from engine.members evictor
                        where evictor.cluster_id = $1 and evictor.endpoint = $4 and evictor.generation = $5
                            and evictor.status = 'active' and evictor.lease_until > now())))
            returning 1)
        update engine.clusters set version = version + 1 where id = $1 and exists (select from gone)
        returning version
        """;
}
