using System.Diagnostics;
using FteAgent.Api.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Tracing;

/// <summary>Ties a request to its trace: tells the caller its id, and links what the caller called it.</summary>
public static class TracePipeline
{
    private const string TraceParent = "traceparent";

    /// <summary>The header that tells a caller under which id we know the request (W3C Trace Context Level 2).</summary>
    private const string TraceResponse = "traceresponse";

    /// <summary>What a problem and a log line call the id of their trace.</summary>
    private const string TraceId = "trace_id";

    /// <summary>Whether requests go on with the trace that they name: only where nobody but systems of one's own can send any.</summary>
    public static void AddIncomingTraces(this IServiceCollection services, bool goOn)
    {
        if (!goOn)
            services.AddSingleton<DistributedContextPropagator>(new IncomingTraces(DistributedContextPropagator.Current));
    }

    /// <summary>Lets a problem bear the id that the log has, 32 hexadecimal digits: whoever reads it out finds the lines.</summary>
    internal static void Name(ProblemDetails problem)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } request)
            problem.Extensions[TraceId] = request.TraceId.ToHexString();
    }

    internal static void UseTraces(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } request)
            return next(context);

        // Probes by the second would be most of what is recorded, and tell nothing.
        if (context.Request.Path.StartsWithSegments(HealthEndpoints.Path))
            (request.IsAllDataRequested, request.ActivityTraceFlags) = (false, request.ActivityTraceFlags & ~ActivityTraceFlags.Recorded);
        else if (request.IsAllDataRequested)
            Link(request, context.Request.Headers);

        context.Response.OnStarting(static state =>
        {
            var (response, id) = ((HttpResponse, string))state;
            response.Headers[TraceResponse] = id;
            return Task.CompletedTask;
        }, (context.Response, request.Id!));
        return next(context);
    });

    private static void Link(Activity request, IHeaderDictionary headers)
    {
        if (headers.TryGetValue(TraceParent, out var named) && named is [{ } parent]
            && ActivityContext.TryParse(parent, null, isRemote: true, out var caller) && caller.TraceId != request.TraceId)
            request.AddLink(new(caller));
    }
}
