namespace FteAgent.Engine.Tests.Grains;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    Task<int> Get();

    ValueTask<string> Key();

    Task Fail(string message);

    Task End();
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public Task<int> Get() => Task.FromResult(_sum);

    public ValueTask<string> Key() => new(this.GetPrimaryKeyString());

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
