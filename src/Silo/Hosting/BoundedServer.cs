using FteAgent.Health;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace FteAgent.Silo.Hosting;

/// <summary>
/// The server, which stops first of all and waits for open requests: here no longer than its share, then it hangs up on them. Else one
/// reader who does not read would take the time in which drafts are finished and conversations handed over.
/// </summary>
internal sealed class BoundedServer(IServer server, StopTime stop) : IServer
{
    /// <summary>Longer than any request of ours takes: a commit that waits for the database gives up after six seconds.</summary>
    private static readonly TimeSpan RequestsFor = TimeSpan.FromSeconds(6);

    /// <summary>For drafts, the last calls of the sweeper, and the engine.</summary>
    private static readonly TimeSpan OthersNeed = TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public IFeatureCollection Features => server.Features;

    /// <summary>Puts one around the server that is there.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(inner);
        services.AddSingleton<IServer>(provider => new BoundedServer(
            (IServer)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)),
            provider.GetRequiredService<StopTime>()));
    }

    /// <inheritdoc/>
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => server.StartAsync(application, cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stop.Share(RequestsFor, OthersNeed));
        await server.StopAsync(limit.Token);
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();
}
