using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace FteAgent.OpenAI;

/// <summary>The one way to the endpoint: its connections, its key and its limits.</summary>
internal sealed class OpenAiConnection : IDisposable
{
    /// <summary>The largest answer that is read, in bytes. 4,000 tokens, each in a chunk of 300 bytes, are a third of it; so are 64 vectors of 3,072 numbers.</summary>
    public const int AnswerLimit = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingAnsweredWithin = TimeSpan.FromSeconds(5);

    private readonly HttpClient http;
    private readonly OpenAIClient client;

    /// <summary>Opens nothing yet; connections are made as they are needed.</summary>
    public OpenAiConnection(OpenAiOptions options)
    {
        http = new(new AnswerHandler(new SocketsHttpHandler
        {
            // A redirect could lead the key anywhere, so none is followed.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = ConnectsWithin,
            // A connection that died in silence would take all streams that are put on it.
            KeepAlivePingDelay = PingAfter,
            KeepAlivePingTimeout = PingAnsweredWithin,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            // One connection takes about a hundred streams; a thousand answers at once need more of them.
            EnableMultipleHttp2Connections = true,
        }))
        {
            // Time is kept by ModelRoad alone, on a clock that a test can move.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client = new(new ApiKeyCredential(options.Key), new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            // The library would try again by itself, by rules that know no circuit and no budget.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new() { EnableLogging = false, EnableMessageLogging = false, EnableMessageContentLogging = false },
        });
    }

    /// <summary>Chats with a model.</summary>
    public ChatClient Chat(string model) => client.GetChatClient(model);

    /// <summary>Makes vectors by a model.</summary>
    public EmbeddingClient Embeddings(string model) => client.GetEmbeddingClient(model);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>Asks for HTTP/2 where it can be had, and bounds whatever comes back.</summary>
    private sealed class AnswerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
            var response = await base.SendAsync(request, cancellationToken);
            var bounded = new StreamContent(new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), AnswerLimit));
            foreach (var (name, values) in response.Content.Headers)
                bounded.Headers.TryAddWithoutValidation(name, values);
            response.Content = bounded;
            return response;
        }
    }
}
