using FteAgent.Conversations;

namespace FteAgent.Postgres;

/// <summary>A statement that gave way to others has done nothing: whoever asked for it need not hear of that.</summary>
public sealed class PostgresStatementTests : IAsyncLifetime
{
    private PipelineFixture at = null!;

    private PostgresRecord Record => at.Record.Get<PostgresRecord>();

    public async Task InitializeAsync()
    {
        at = await PipelineFixture.Create();
        // Sequences keep what was drawn from them in a transaction that was undone.
        await at.Database.Execute("""
            create sequence public.runs;
            create table public.done (run bigint);
            create function public.give_way(p_until bigint, p_why text) returns bigint language plpgsql as $$
            declare v_run constant bigint := nextval('public.runs');
            begin
                insert into public.done values (v_run);
                if v_run < p_until then
                    raise exception using errcode = p_why;
                end if;
                return v_run;
            end $$;
            grant all on sequence public.runs to public;
            grant all on public.done to public
            """);
    }

    public async Task DisposeAsync() => await at.DisposeAsync();

    [Theory]
    [InlineData("deadlock_detected")]
    [InlineData("serialization_failure")]
    public async Task Statement_that_stands_alone_is_run_again_and_has_its_effect_once(string why)
    {
        Assert.Equal(3, await GiveWay(Record["select public.give_way($1, $2)"], 3, why));

        Assert.Equal(1, await at.Database.Scalar<long>("select count(*) from public.done"));
    }

    [Fact]
    public async Task Statement_that_gives_way_again_and_again_is_said_to_be_impossible_now()
    {
        await Assert.ThrowsAsync<RecordUnavailableException>(() => GiveWay(Record["select public.give_way($1, $2)"], 100, "deadlock_detected"));

        Assert.Equal(4, await at.Database.Scalar<long>("select nextval('public.runs')"));
    }

    [Theory]
    [InlineData("lock_not_available")]
    [InlineData("statement_completion_unknown")]
    public async Task Statement_that_failed_otherwise_is_not_run_again(string why)
    {
        await Assert.ThrowsAsync<RecordUnavailableException>(() => GiveWay(Record["select public.give_way($1, $2)"], 2, why));

        Assert.Equal(2, await at.Database.Scalar<long>("select nextval('public.runs')"));
    }

    [Fact]
    public async Task Statement_that_is_one_of_several_is_undone_with_them()
    {
        await Assert.ThrowsAsync<RecordUnavailableException>(() => Record.Together(
            async session =>
            {
                await session["insert into public.done values (0)"].Execute(default);
                return await GiveWay(session["select public.give_way($1, $2)"], 2, "deadlock_detected");
            },
            default));

        Assert.Equal(0, await at.Database.Scalar<long>("select count(*) from public.done"));
        Assert.Equal(2, await at.Database.Scalar<long>("select nextval('public.runs')"));
    }

    private static Task<long> GiveWay(PostgresStatement statement, long until, string why) =>
        statement.Set((long?)until).Set(why).First(static row => row.Long(), 0L, default);
}
