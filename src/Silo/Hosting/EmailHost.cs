using FteAgent.Channels.Email;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Hosting;

/// <summary>Puts email into a silo, as far as it is set up.</summary>
internal static class EmailHost
{
    public static void AddEmail(this IServiceCollection services, EmailSettings settings)
    {
        if (settings.Mail is not { } mail)
            return;
        services.AddEmail(mail);
        services.AddSingleton(settings.Webhooks);
        if (settings.Push is { } push)
            services.AddPushProof(push);
    }
}
