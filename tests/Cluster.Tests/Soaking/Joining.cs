using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;

namespace FteAgent.Cluster.Soaking;

/// <summary>
/// How those who write by several ways come to be one. Whoever has our pages among them asks there for a code to each other address and types
/// it into the chat, as the page does; of the others an operator says so. What is refused is not tried again: it ends the run.
/// </summary>
internal sealed class Joining(Balancer balancer, ProvidersPost post, Uri console) : IDisposable
{
    private readonly HttpClient customers = new();
    private readonly HttpClient operators = new() { BaseAddress = console, DefaultRequestHeaders = { Authorization = new("Bearer", Fleet.OperatorKey) } };

    /// <summary>Joins one who writes by several ways.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    /// <exception cref="TimeoutException">No code came.</exception>
    public async Task Join(SoakCustomer customer, Random random)
    {
        if (!customer.Links)
            await Merge(customer);
        else
            foreach (var way in customer.Ways.Where(way => way is not Way.Web))
                await Link(customer, way, random);
    }

    public void Dispose()
    {
        customers.Dispose();
        operators.Dispose();
    }

    private async Task Link(SoakCustomer customer, Way way, Random random)
    {
        await Accepted(customer.AsksForCode(balancer.Pick(random)!.Http, way), $"{customer.Number} asked for a code by {way}");
        var code = await post.Code(way, customer.AddressOf(way));
        var typed = await Accepted(customer.Types(balancer.Pick(random)!.Http, code), $"{customer.Number} typed the code that came by {way}");
        // The token that follows the proof; without one the code did not count.
        customer.Token = typed.TryGetProperty("conversation_token", out var token)
            ? token.GetString()!
            : throw new InvalidOperationException($"{customer.Number} typed the code that came by {way}, and it was taken for a message.");
        TestLogs.Secret(customer.Token);
    }

    private async Task<JsonElement> Accepted(HttpRequestMessage request, string what)
    {
        using (request)
        {
            using var response = await customers.SendAsync(request);
            return response.StatusCode is HttpStatusCode.Accepted
                ? await response.Content.ReadFromJsonAsync<JsonElement>()
                : throw new InvalidOperationException($"{what}, and the answer was {(int)response.StatusCode}.");
        }
    }

    private async Task Merge(SoakCustomer customer)
    {
        var conversations = customer.Ways.Select(way => customer.Conversations[way]).ToList();
        foreach (var from in conversations.Skip(1))
        {
            using var merged = await operators.PostAsJsonAsync($"/api/customers/{from}/merge", new { into = conversations[0], reason = "the same person" });
            if (!merged.IsSuccessStatusCode)
                throw new InvalidOperationException($"An operator merged {customer.Number}, and the answer was {(int)merged.StatusCode}.");
        }
    }
}
