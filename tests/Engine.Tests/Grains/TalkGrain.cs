namespace FteAgent.Engine.Tests.Grains;

[Alias("test.ITalkGrain")]
public interface ITalkGrain : IGrainWithStringKey
{
    [Alias("Say")]
    Task<string> Say(string words);

    /// <summary>What the request context holds here, and one call further.</summary>
    [Alias("Context")]
    Task<string> Context(string key, ITalkGrain? next);

    [Alias("SetContext")]
    Task SetContext(string key, string value);

    [Alias("Relay")]
    Task<string> Relay(ITalkGrain to, string words);
}

public sealed class TalkGrain : Grain, ITalkGrain, IIncomingGrainCallFilter
{
    public Task<string> Say(string words) => Task.FromResult(words);

    public async Task<string> Context(string key, ITalkGrain? next)
    {
        await Task.Yield();
        var own = $"{RequestContext.Get(key)}";
        return next is null ? own : $"{own} {await next.Context(key, null)}";
    }

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string> Relay(ITalkGrain to, string words) => to.Say(words);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.MethodName == nameof(Say)) context.Result = $"{context.Result} own";
    }
}
