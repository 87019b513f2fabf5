namespace Orleans.Core;

/// <summary>What a grain does with a state that is kept.</summary>
public interface IStorage
{
    /// <summary>Which version of it the grain has.</summary>
    string? Etag { get; }

    /// <summary>Whether it has ever been written, and not cleared since.</summary>
    bool RecordExists { get; }

    /// <summary>Clears it.</summary>
    Task ClearStateAsync();

    /// <summary>Writes it.</summary>
    Task WriteStateAsync();

    /// <summary>Reads it.</summary>
    Task ReadStateAsync();

    /// <summary>Clears it.</summary>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Writes it.</summary>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads it.</summary>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>What a grain does with a state that is kept.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state, as the grain has it in memory.</summary>
    TState State { get; set; }
}
