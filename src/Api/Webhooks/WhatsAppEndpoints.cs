using FteAgent.Api.Problems;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Webhooks;

/// <summary>Twilio's two webhooks: what customers write by WhatsApp, and what became of what was written to them.</summary>
internal static partial class WhatsAppEndpoints
{
    /// <summary>No answer by this road: the reply is sent when it is decided.</summary>
    private const string EmptyTwiML = """<?xml version="1.0" encoding="UTF-8"?><Response></Response>""";

    /// <summary>Twilio's code for a message that was sent too long after the customer's last. Source: https://www.twilio.com/docs/api/errors/63016.</summary>
    private const string OutsideWindow = "63016";

    private const int ErrorCodeLimit = 10;

    public static void MapWhatsAppEndpoints(this IEndpointRouteBuilder routes)
    {
        // Without an account there is no channel, and so no door.
        if (routes.ServiceProvider.GetService<TwilioWebhookOptions>() is null)
            return;
        // All of Twilio comes from few addresses, so none is counted: what nobody signed costs no more than reading it.
        var webhooks = routes.MapGroup(TwilioWebhookOptions.Path).WithTags("Webhooks").DisableRateLimiting()
            .WithDescription("Called by Twilio, with a form (application/x-www-form-urlencoded) and its signature.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        webhooks.MapPost("", Take).Produces<string>(StatusCodes.Status200OK, "text/xml");
        webhooks.MapPost(TwilioWebhookOptions.StatusPath, Track).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Take(
        HttpContext context, TwilioWebhookOptions options, IInboundRoad intake, IPhoneNumbers phones, TimeProvider time, CancellationToken cancellationToken)
    {
        var (form, problem) = await Read(context.Request, options, options.Url, cancellationToken);
        if (problem is not null)
            return problem;
        if (WhatsAppMessages.Read(form, phones, time.GetUtcNow()) is not { } message)
            return Unfit("It bears no MessageSid, or no From that begins with whatsapp:.");
        await intake.Take(message, cancellationToken);
        return Results.Text(EmptyTwiML, "text/xml");
    }

    private static async Task<IResult> Track(
        HttpContext context, TwilioWebhookOptions options, IDeliveries deliveries, ConversationCalls conversations, ILiveSignals live, ILoggerFactory loggers,
        CancellationToken cancellationToken, [FromQuery(Name = "item")] string? item = null)
    {
        var (form, problem) = await Read(context.Request, options, options.StatusUrl, cancellationToken);
        if (problem is not null)
            return problem;
        if (!Guid.TryParseExact(item, "N", out var id))
            return Unfit("Its address names no item of ours.");
        if (WhatsAppMessages.StatusOf(form.Value("MessageStatus")) is not { } status)
            return Results.NoContent();

        var code = form.Value("ErrorCode") is { Length: > 0 and <= ErrorCodeLimit } given && given.All(char.IsAsciiDigit) ? given : null;
        var cause = status is not DeliveryStatus.Failed ? null : code is OutsideWindow ? OutboundMessage.OutsideWindow : code is null ? "no reason given" : $"Twilio {code}";
        if (await deliveries.Update(id, status, cause, cancellationToken) is not { } delivery)
            return Results.NoContent();
        // Told again it is one act. What comes too late to be true any more has changed nothing.
        if (status is DeliveryStatus.Failed && delivery is { Status: DeliveryStatus.Failed, Channel: Channel.WhatsApp })
        {
            LogUndelivered(loggers.CreateLogger(typeof(WhatsAppEndpoints)), delivery.Customer, id, cause!);
            await conversations.Act(
                delivery.Customer,
                grain => grain.Undeliverable(OutboundMessage.Undeliverable(OutboundMessage.WhatsApp, delivery.Message, id), OutboundMessage.WhatsApp, cause!, delivery.Message),
                cancellationToken);
        }

        live.Wake(delivery.Customer);
        return Results.NoContent();
    }

    /// <summary>Reads the form, if it is Twilio's and for our account.</summary>
    private static async Task<(List<KeyValuePair<string, string>> Form, IResult? Problem)> Read(
        HttpRequest request, TwilioWebhookOptions options, Uri address, CancellationToken cancellationToken)
    {
        if (request.Headers[TwilioSignature.Header] is not [{ Length: > 0 and <= 100 } signature])
            return ([], Forbidden());
        var (form, problem) = await WebhookBody.ReadForm(request, cancellationToken);
        if (problem is not null)
            return ([], problem);
        return TwilioSignature.Fits(options.AuthToken, address, request.QueryString.Value ?? "", form, signature) && form.Value("AccountSid") == options.AccountSid
            ? (form, null)
            : ([], Forbidden());
    }

    private static IResult Forbidden() => ProblemTypes.Problem(
        StatusCodes.Status403Forbidden, ProblemTypes.Unauthorized, "This is not Twilio's request.",
        "Its signature does not fit the address that this deployment has at Twilio, or it is for another account.");

    private static IResult Unfit(string why) =>
        ProblemTypes.Problem(StatusCodes.Status422UnprocessableEntity, ProblemTypes.Validation, "This is not a WhatsApp message.", why);

    [LoggerMessage(4020, LogLevel.Warning, "Conversation {Customer}: {Item} did not reach its customer: {Cause}.")]
    private static partial void LogUndelivered(ILogger logger, CustomerId customer, Guid item, string cause);
}
