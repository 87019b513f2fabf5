using Npgsql;

namespace FteAgent.Engine.Postgres;

/// <summary>Opens databases without reading their list of types: text, numbers and times are all that is kept here.</summary>
internal static class PlainTypes
{
    public static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        return source.Build();
    }
}
