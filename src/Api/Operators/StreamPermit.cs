using FteAgent.Operators;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Operators;

/// <summary>Whether an operator may go on following a stream: their key may be revoked, or their session end, while it runs.</summary>
internal sealed class StreamPermit(HttpRequest request, IOperatorDirectory operators, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);
    private long askedAt = time.GetTimestamp();

    public async Task<bool> Holds(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(askedAt) < AskEvery)
            return true;
        askedAt = time.GetTimestamp();
        return await OperatorAuthentication.Find(request, operators, cancellationToken) is not null;
    }
}
