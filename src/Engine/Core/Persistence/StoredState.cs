using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace FteAgent.Engine;

/// <summary>Which state of which grain.</summary>
internal readonly record struct StateKey(string GrainType, string GrainKey, string Name)
{
    public StateKey(GrainId grain, string name) : this(grain.Type.ToString()!, grain.Key.ToString()!, name)
    {
    }
}

/// <summary>A state as it is written down. Without bytes it was cleared; its version stays, so that an older one is still older.</summary>
internal readonly record struct StoredState(long Version, byte[]? Bytes);

/// <summary>Where bytes of states are kept, each with a version that rises by one.</summary>
internal interface IStateRows
{
    Task<StoredState?> Read(StateKey key);

    /// <summary>Writes if the version is still this one (0: nothing was ever written), and gives the new version; null when it is not.</summary>
    Task<long?> Write(StateKey key, long expected, byte[]? bytes);
}

/// <summary>Keeps states as bytes in the engine's wire form, each with its version as etag: who holds an older one writes nothing.</summary>
internal sealed class RowGrainStorage(IStateRows rows, Func<GrainReferenceFactory> references) : IGrainStorage, IDisposable
{
    /// <summary>The storage that serves where none is named.</summary>
    public const string DefaultName = "Default";

    public static void AddTo(IServiceCollection services, string name, Func<IServiceProvider, string, IStateRows> rows)
    {
        services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) =>
            new RowGrainStorage(rows(provider, name), () => provider.GetRequiredService<Silo>().References));
        if (name == DefaultName) services.AddSingleton<IGrainStorage>(static provider => provider.GetRequiredKeyedService<IGrainStorage>(DefaultName));
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await rows.Read(new(grainId, stateName));
        grainState.State = stored?.Bytes is { } bytes ? WireCodec.Deserialize<T>(bytes, references()) : Activator.CreateInstance<T>();
        grainState.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = stored?.Bytes is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Replace(stateName, grainId, grainState, WireCodec.Serialize(grainState.State));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Replace(stateName, grainId, grainState, bytes: null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    public void Dispose() => (rows as IDisposable)?.Dispose();

    private async Task Replace<T>(string stateName, GrainId grainId, IGrainState<T> grainState, byte[]? bytes)
    {
        var expected = grainState.ETag is { } etag ? long.Parse(etag, CultureInfo.InvariantCulture) : 0;
        if (await rows.Write(new(grainId, stateName), expected, bytes) is not { } version)
            throw new InconsistentStateException(
                $"The state '{stateName}' of {grainId} has been written by somebody else since it was read.", storedEtag: null, currentEtag: grainState.ETag);

        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
    }
}
