namespace FteAgent.Engine.Tests.Grains;

[Alias("test.ICounterGrain")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int amount);

    [Alias("Get")]
    Task<int> Get();

    [Alias("Key")]
    ValueTask<string> Key();

    [Alias("Fail")]
    Task Fail(string message);

    [Alias("End")]
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
