using FteAgent.Channels.Email.Gmail;
using FteAgent.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels.Email;

/// <summary>Adds email: reading mails, sending them, and a mailbox where there is one.</summary>
public static class EmailServices
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    /// <summary>A page of a list. Mails are read as they come, within limits of their own.</summary>
    private const int LargestAnswer = 4 * 1024 * 1024;

    /// <summary>A list of keys.</summary>
    private const int LargestMetadata = 1024 * 1024;

    /// <summary>Adds what reads and sends mails, and the health check <c>email</c>.</summary>
    public static void AddEmail(this IServiceCollection services, MailOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IMailReader, MimeMailReader>();
        services.TryAddSingleton<ChannelIntake>();
        services.AddSingleton<MailIntake>();
        services.AddSingleton<MailTries>();
        services.AddSingleton<MailPost>();
        services.AddSingleton<IChannelSender, EmailSender>();
        services.AddSingleton<IChannelSender, UnseenSender>();
        services.AddHealthChecks().AddCheck<MailHealth>(MailHealth.Name);
        if (options.Gmail is { } gmail)
            services.AddGmail(gmail);
        if (options.Smtp is { } smtp)
            services.AddSingleton<IMailTransport>(new SmtpTransport(smtp));
        else if (options.Gmail is not null)
            services.AddSingleton<IMailTransport, GmailTransport>();
    }

    /// <summary>Adds the check of Pub/Sub's tokens.</summary>
    public static void AddPushProof(this IServiceCollection services, PushOptions options)
    {
        services.TryAddSingleton(options);
        services.AddSingleton<IPushProof>(provider => new PushProof(
            Client(LargestMetadata), provider.GetRequiredService<PushOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PushProof>>()));
    }

    // Options that are there already stay: a test's Gmail is somewhere else.
    private static void AddGmail(this IServiceCollection services, GmailOptions options)
    {
        services.TryAddSingleton(options);
        services.AddSingleton(provider => new GmailTokens(Client(LargestMetadata), provider.GetRequiredService<GmailOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new GmailClient(Client(LargestAnswer), provider.GetRequiredService<GmailTokens>(), provider.GetRequiredService<GmailOptions>()));
        services.AddSingleton<IMailbox, GmailMailbox>();
    }

    /// <summary>Without redirects: one could lead what bears a secret anywhere.</summary>
    private static HttpClient Client(int largest) => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime })
    {
        Timeout = AnswerWithin,
        MaxResponseContentBufferSize = largest,
    };
}
