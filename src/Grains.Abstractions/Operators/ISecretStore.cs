namespace FteAgent.Operators;

/// <summary>Keeps the deployment's own random secrets with the record, so that every silo signs alike and a restart changes nothing.</summary>
public interface ISecretStore
{
    /// <summary>The secret of this name; made from a cryptographic random source at the first call, in one race-free step.</summary>
    Task<byte[]> GetOrCreate(string name, int length, CancellationToken cancellationToken);
}
