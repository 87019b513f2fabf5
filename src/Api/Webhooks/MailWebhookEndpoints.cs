using System.Text.Json;
using FteAgent.Api.Problems;
using FteAgent.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace FteAgent.Api.Webhooks;

/// <summary>Where mail comes in: whole or in parts, and Gmail's word that there is some. A 2xx for a mail says that it is in the record.</summary>
internal static class MailWebhookEndpoints
{
    /// <summary>The largest mail that common providers take, in bytes.</summary>
    public const int MailLimit = 25 * 1024 * 1024;

    /// <summary>
    /// The largest JSON, in bytes: it holds such a mail twice, whole and in parts, and some ways of writing JSON make more of each.
    /// </summary>
    public const int JsonLimit = 60 * 1024 * 1024;

    /// <summary>A push holds an address and a number.</summary>
    private const int PushLimit = 16 * 1024;

    private const int Step = 64 * 1024;

    private const string Bearer = "Bearer ";
    private const string Json = "application/json";

    /// <summary>Maps those that are set up.</summary>
    public static void MapMailWebhooks(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<MailWebhookOptions>() is not { } options)
            return;
        // All mails of a provider come from few addresses, so none is counted: whoever does not know the secret costs no more than comparing it.
        var webhooks = routes.MapGroup("/webhooks").WithTags("Webhooks").DisableRateLimiting()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        if (options.MailSecret is { } secret)
        {
            var shared = new SharedSecret(secret);
            webhooks.MapPost(
                    "/email", (HttpContext context, [FromServices] MailIntake intake, [FromServices] IMailMemory memory) => TakeMail(context, shared, intake, memory))
                .WithMetadata(new BodyLimit(JsonLimit))
                .Accepts<PostmarkMail>(Json, "message/rfc822", "text/plain")
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        }

        if (options.Mailbox is { } mailbox)
        {
            var token = options.PushToken is null ? null : new SharedSecret(options.PushToken);
            webhooks.MapPost("/gmail", (HttpContext context, [FromServices] IGrainFactory grains) => Wake(context, mailbox, token, grains))
                .WithMetadata(new BodyLimit(PushLimit))
                .Accepts<MailboxPush>(Json);
        }
    }

    private static async Task<Results<Ok, ProblemHttpResult>> TakeMail(HttpContext context, SharedSecret secret, MailIntake intake, IMailMemory memory)
    {
        var request = context.Request;
        if (!secret.IsIn(request))
            return NotTheSecret();
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var given) ? given.MediaType.ToString().ToLowerInvariant() : "";
        if (type is not (Json or "message/rfc822" or "text/plain"))
            return ProblemTypes.Problem(
                StatusCodes.Status415UnsupportedMediaType, ProblemTypes.Validation, "This is no mail.",
                "Send the mail itself as message/rfc822, or Postmark's inbound JSON.");
        var limit = type == Json ? JsonLimit : MailLimit;
        if (request.ContentLength > limit)
            return TooLarge(limit);
        // Who does not say how much there is may have the most.
        using var room = await memory.Enter(request.ContentLength ?? limit, context.RequestAborted);
        if (await ReadAll(request, limit) is not { } body)
            return TooLarge(limit);
        var refusal = type == Json
            ? await Take(PostmarkBody.Read(body), intake, context.RequestAborted)
            : await intake.Take(body, MailRoad.Webhook, context.RequestAborted);
        return refusal is null
            ? TypedResults.Ok()
            : ProblemTypes.Problem(StatusCodes.Status422UnprocessableEntity, ProblemTypes.Validation, "This mail cannot be taken.", refusal);
    }

    private static Task<string?> Take(PostmarkBody mail, MailIntake intake, CancellationToken cancellationToken) => mail.Raw is { } raw
        ? intake.Take(raw, MailRoad.Webhook, cancellationToken)
        : intake.Take(mail.Fields!, cancellationToken);

    /// <summary>Only wakes: what arrived is in the mailbox, and a push that gets lost is made up for within a minute.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Wake(HttpContext context, string mailbox, SharedSecret? token, IGrainFactory grains)
    {
        if (!await IsFromGoogle(context, token))
            return NotTheSecret();
        if ((await ReadJson<MailboxPush>(context.Request)).Read() is not { } news)
            return ProblemTypes.Problem(
                StatusCodes.Status400BadRequest, ProblemTypes.Validation, "This is no push of Gmail's.", "Its data must be emailAddress and historyId as JSON, in base64.");
        // Another mailbox's pushes are not ours to have again and again.
        if (string.Equals(news.EmailAddress, mailbox, StringComparison.OrdinalIgnoreCase))
            await grains.GetGrain<IMailboxGrain>(mailbox).Wake(news.HistoryId);
        return TypedResults.NoContent();
    }

    private static async Task<bool> IsFromGoogle(HttpContext context, SharedSecret? token)
    {
        if (token is not null && token.Is(context.Request.Query["token"]))
            return true;
        return context.RequestServices.GetService<IPushProof>() is { } proof
            && context.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && await proof.Proves(header[Bearer.Length..].Trim(), context.RequestAborted);
    }

    private static async Task<T> ReadJson<T>(HttpRequest request)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, WebhookJson.Options, request.HttpContext.RequestAborted)
                ?? throw new BadHttpRequestException("The body is null.");
        }
        catch (JsonException unreadable)
        {
            throw new BadHttpRequestException("The body is no JSON of this form.", unreadable);
        }
    }

    /// <summary>The whole body; null where it is larger than that.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAll(HttpRequest request, int limit)
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (request.ContentLength is { } length)
        {
            var whole = new byte[length];
            await request.Body.ReadExactlyAsync(whole, cancellationToken);
            return whole;
        }

        var body = new MemoryStream();
        var buffer = new byte[Step];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > limit)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static ProblemHttpResult TooLarge(int limit) => ProblemTypes.Problem(
        StatusCodes.Status413PayloadTooLarge, ProblemTypes.Validation, "The request is too large.", $"The body may have at most {limit / 1024} KiB.");

    private static ProblemHttpResult NotTheSecret() => ProblemTypes.Problem(
        StatusCodes.Status401Unauthorized, ProblemTypes.Unauthorized, "This request does not show who sends it.",
        "Send the secret behind Bearer, or as the password in the URL.");
}
