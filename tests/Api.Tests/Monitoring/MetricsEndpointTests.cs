using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FteAgent.Api.Hosting;
using FteAgent.Testing;

namespace FteAgent.Api.Monitoring;

/// <summary>The metrics' port tells metrics and nothing else, and the public one tells none.</summary>
public sealed class MetricsEndpointTests
{
    private readonly int port = FreePort();

    [Fact]
    public async Task It_tells_metrics_and_nothing_of_the_product()
    {
        await using var silo = await Start();
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        await silo.NewCustomer();

        var names = MetricsPage.Names(await http.GetStringAsync("/metrics"));

        Assert.Superset(new HashSet<string> { "fte_messages_total", "fte_commit_duration_seconds", "http_server_request_duration_seconds" }, names);
        foreach (var path in (string[])["/", "/health/live", "/support/conversation", "/openapi/v1.json", "/metrics/../support"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path)).StatusCode);
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Head])
        {
            using var request = new HttpRequestMessage(method, "/metrics");
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.SendAsync(request)).StatusCode);
        }

        (await silo.Anyone.Get("/metrics")).ExpectProblem(404);
    }

    [Fact]
    public async Task No_label_holds_anything_of_a_customer_or_of_a_path_that_a_stranger_chose()
    {
        await using var silo = await Start();
        using var http = new HttpClient();
        var customer = await silo.NewCustomer(name: "Kanarienvogel");
        await silo.Anyone.Get("/kanarienvogel/and/more");
        await customer.Caller.Send(new HttpMethod("KANARIENVOGEL"), "/support/conversation", null);

        var told = await http.GetStringAsync($"http://127.0.0.1:{port}/metrics");

        Assert.DoesNotContain("kanarienvogel", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(customer.Id.ToString(), told, StringComparison.Ordinal);
        Assert.DoesNotContain(customer.TicketId, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_in_use_stops_the_start_with_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(Start);

        Assert.Equal($"The metrics' port {port} is in use; set METRICS_PORT to another, or to 0 for no metrics.", refusal.Message);
    }

    private Task<RunningSilo> Start() => RunningSilo.Start(("METRICS_PORT", port.ToString(CultureInfo.InvariantCulture)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
