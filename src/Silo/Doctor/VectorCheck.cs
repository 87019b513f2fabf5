using System.Runtime.CompilerServices;
using FteAgent.Conversations;
using FteAgent.Postgres;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the database searches vectors. Nothing needs it to.</summary>
internal sealed class VectorCheck(PostgresOptions options) : IDoctorCheck
{
    public string Name => "pgvector";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await Ask(cancellationToken);
    }

    private async Task<Finding> Ask(CancellationToken cancellationToken)
    {
        try
        {
            var facts = await new PostgresExamination(options).Look(cancellationToken);
            return (facts.Vectors, facts.VectorsAvailable) switch
            {
                ({ } version, _) => Finding.Ok($"pgvector {version} is there."),
                (null, true) => Finding.Warn("pgvector is not in this database; each silo searches vectors in its own memory.", "Let a superuser run 'create extension vector' in it, and restart the silos."),
                _ => Finding.Warn("The server has no pgvector; each silo searches vectors in its own memory.", "Nothing has to be done. To have it, install pgvector 0.8 or later on the server."),
            };
        }
        catch (Exception unknown) when (unknown is PostgresUnfitException or RecordUnavailableException)
        {
            return Finding.Warn("Not known, since the database cannot be asked.", "See to the database first.");
        }
    }
}
