using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FteAgent.Channels.WhatsApp;

/// <summary>Adds WhatsApp.</summary>
public static class WhatsAppServices
{
    /// <summary>Sends messages by this account, and tells how it stands.</summary>
    public static void AddWhatsApp(this IServiceCollection services, WhatsAppOptions options)
    {
        services.TryAddSingleton<IPhoneNumbers, PhoneNumbersOfAllCountries>();
        services.AddSingleton(options);
        services.AddSingleton(_ => TwilioApi.Create(options));
        services.AddSingleton<IChannelSender, WhatsAppSender>();
        services.AddSingleton(provider => new WhatsAppExamination(provider.GetRequiredService<TwilioApi>()));
        services.AddHealthChecks().AddCheck<WhatsAppHealth>(WhatsAppHealth.Name);
    }
}
