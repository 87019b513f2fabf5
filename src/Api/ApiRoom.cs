using FteAgent.Api.Addresses;
using FteAgent.Api.Articles;
using FteAgent.Api.Customers;
using FteAgent.Api.Health;
using FteAgent.Api.Inbox;
using FteAgent.Api.Knowledge;
using FteAgent.Api.Limits;
using FteAgent.Api.Live;
using FteAgent.Api.Mcp;
using FteAgent.Api.Operators;
using FteAgent.Api.Pages;
using FteAgent.Api.Problems;
using FteAgent.Api.Reports;
using FteAgent.Api.Support;
using FteAgent.Api.Tracing;
using FteAgent.Api.Webhooks;
using FteAgent.Channels;
using FteAgent.Conversations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace FteAgent.Api;

/// <summary>HTTP in; one grain call or one query out.</summary>
public static class ApiRoom
{
    /// <summary>The categories in which the framework logs, though they bear our names: it makes them of the types that say who someone is.</summary>
    public static IEnumerable<string> FrameworkCategories { get; } =
        [typeof(CustomerAuthentication).FullName!, typeof(OperatorAuthentication).FullName!, typeof(OperatorKeyAuthentication).FullName!];

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddApiServices(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.Body;
        });
        // A bad request becomes an exception, and the exception a problem that says what was wrong.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = static problem => TracePipeline.Name(problem.ProblemDetails));
        services.AddExceptionHandler<FailureHandler>();
        services.AddHttpContextAccessor();
        services.AddOpenApi(ApiDocument.Configure);
        services.TryAddSingleton(ProxyTrust.None);
        services.AddRateLimits();
        services.AddHealthChecks().AddCheck<DrainingCheck>(Readiness.Serving).AddCheck<GrainsCheck>(Readiness.Grains);
        services.AddSingleton<IPostConfigureOptions<HealthCheckServiceOptions>, Readiness>();

        // Not AddAuthentication: it brings data protection, which would keep keys on disk that nothing here uses.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, CustomerAuthentication>(CustomerAuthentication.Name, null)
            .AddScheme<AuthenticationSchemeOptions, OperatorAuthentication>(OperatorAuthentication.Name, null)
            .AddScheme<AuthenticationSchemeOptions, OperatorKeyAuthentication>(OperatorKeyAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(CustomerAuthentication.Name, policy => policy.AddAuthenticationSchemes(CustomerAuthentication.Name).RequireAuthenticatedUser())
            .AddPolicy(OperatorAuthentication.Name, policy => policy.AddAuthenticationSchemes(OperatorAuthentication.Name).RequireAuthenticatedUser())
            .AddPolicy(OperatorKeyAuthentication.Name, policy => policy.AddAuthenticationSchemes(OperatorKeyAuthentication.Name).RequireAuthenticatedUser());

        services.TryAddSingleton<ConversationCalls>();
        // Where nothing else is wired, messages go straight into the record.
        services.TryAddSingleton<ChannelIntake>();
        services.TryAddSingleton<IInboundRoad>(provider => provider.GetRequiredService<ChannelIntake>());
        services.AddSingleton<ConversationTokens>();
        services.AddSingleton<IConversationTokens>(provider => provider.GetRequiredService<ConversationTokens>());
        services.AddSingleton<SupportIntake>();
        services.AddSingleton<OwnConversations>();
        services.AddMetrics();
        services.AddSingleton<StreamMetrics>();
        services.AddSingleton<MessageCompanions>();
        services.AddSingleton<OperatorConversations>();
        services.AddSingleton<ConversationStream>();
        services.AddSingleton<QueueStream>();
        services.AddScoped<Acts>();
        services.AddMcpEndpoint();
    }

    /// <summary>Puts the pipeline in order: pages from <paramref name="pagesFolder"/>, then the API.</summary>
    public static void UseApi(this IApplicationBuilder app, string pagesFolder)
    {
        app.UseClientAddress();
        app.UseTraces();
        app.Use(SecurityHeaders);
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => TypedResults.Problem(statusCode: context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UsePages(pagesFolder);
        app.UseRouting();
        app.UseRateLimiter();
        app.Use(app.ApplicationServices.GetRequiredService<ClusterLimits>().Hold);
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>Maps every endpoint.</summary>
    public static void MapApiEndpoints(this IEndpointRouteBuilder routes, string pagesFolder)
    {
        routes.MapSupportEndpoints();
        routes.MapSessionEndpoints();
        routes.MapInboxEndpoints();
        routes.MapCustomerEndpoints();
        routes.MapReportEndpoints();
        routes.MapArticleEndpoints();
        routes.MapGapEndpoints();
        routes.MapMcpEndpoint();
        routes.MapKnowledgeEndpoints();
        routes.MapWhatsAppEndpoints();
        routes.MapMailWebhooks();
        routes.MapHealthEndpoints();
        routes.MapOpenApi();
        routes.MapMissingPages(pagesFolder);
    }

    private static Task SecurityHeaders(HttpContext context, RequestDelegate next)
    {
        // At the last moment: an answer that turns into a problem loses the headers it had.
        context.Response.OnStarting(static state =>
        {
            var response = ((HttpContext)state).Response;
            var headers = response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            // Pages say how long they keep; all else is somebody's own.
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            if (response.StatusCode == StatusCodes.Status401Unauthorized)
                headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
