using System.Diagnostics;
using OpenTelemetry;

namespace FteAgent.Telemetry;

/// <summary>
/// The last look at an activity before it leaves the silo. Paths of requests and of addresses may hold a customer's words or a secret (an
/// incoming webhook's address is one), so the route and the host are told instead. A method that is none and the host that a request names are
/// whatever a stranger wrote there, and are left out. What this silo asks its database by the second for itself
/// belongs to nobody's trace and is not told.
/// </summary>
internal sealed class WhatLeaves : BaseProcessor<Activity>
{
    private const string Path = "url.path";
    private const string Query = "url.query";
    private const string Full = "url.full";
    private const string UserAgent = "user_agent.original";
    private const string Method = "http.request.method_original";
    private const string Host = "server.address";

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        switch (data.Source.Name)
        {
            case "Microsoft.AspNetCore":
                data.SetTag(Path, data.GetTagItem("http.route")).SetTag(Query, null).SetTag(UserAgent, null).SetTag(Method, null).SetTag(Host, null);
                break;
            case "System.Net.Http" when data.GetTagItem(Full) is string full:
                data.SetTag(Full, Uri.TryCreate(full, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : null);
                break;
            case "Npgsql" when data.ParentSpanId == default:
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                break;
        }
    }
}
