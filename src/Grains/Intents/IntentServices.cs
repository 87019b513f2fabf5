using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Intents;

/// <summary>Wires what a silo knows of intents.</summary>
public static class IntentServices
{
    /// <summary>Asks the intents that the record keeps, and trains them when there is something new to learn from. Needs what is learned, and <see cref="IIntents"/>.</summary>
    public static IServiceCollection AddIntents(this IServiceCollection services)
    {
        services.AddSingleton<IntentMetrics>();
        services.AddSingleton<KnownIntents>();
        services.AddSingleton<IIntentGuesses>(provider => provider.GetRequiredService<KnownIntents>());
        services.AddSingleton<Lessons>();
        services.AddHostedService<IntentRefresher>();
        services.AddSingleton<IntentTeacher>();
        return services.AddHostedService(provider => provider.GetRequiredService<IntentTeacher>());
    }
}
