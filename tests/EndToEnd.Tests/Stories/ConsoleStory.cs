using FteAgent.EndToEnd.Browsers;
using FteAgent.EndToEnd.Silos;
using FteAgent.Testing;
using Microsoft.Playwright;

namespace FteAgent.EndToEnd.Stories;

/// <summary>What a story begins with that has an operator at the console and a provider beside the silo: both run, and so does a browser.</summary>
public abstract class ConsoleStory : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fte-story-").FullName;
    private SiloProcess silo = null!;
    private HttpClient http = null!;

    /// <summary>Where the product is.</summary>
    private protected Uri Address => silo.Address;

    private protected Browser Browser { get; private set; } = null!;

    /// <summary>The key of Ana, the operator.</summary>
    private protected string OperatorKey { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var (exit, key, error) = await ProductSilo.Command(folder, "operators", "add", "Ana");
        Assert.True(exit == 0, error);
        OperatorKey = key.Trim();
        TestLogs.Secret(OperatorKey);
        silo = await ProductSilo.Start(folder, await StartProvider());
        http = new() { BaseAddress = Address };
        Browser = await Browser.Start();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        http.Dispose();
        await silo.DisposeAsync();
        await StopProvider();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts the provider, and gives the settings by which the silo finds it.</summary>
    private protected abstract Task<IReadOnlyDictionary<string, string>> StartProvider();

    private protected abstract ValueTask StopProvider();

    /// <summary>The provider brings something to a webhook, which takes it.</summary>
    private protected async Task Bring(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private protected static ILocator Messages(IPage page, string author) => page.Locator($"[data-testid=message][data-author={author}]");
}
