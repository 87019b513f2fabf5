using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Learning;

/// <summary>Wires what a silo learns.</summary>
public static class LearningServices
{
    /// <summary>Proposes articles, keeps the knowledge in step with those that are approved, and finds what the documents lack.</summary>
    public static IServiceCollection AddLearning(this IServiceCollection services)
    {
        services.AddSingleton<MatterReader>();
        services.AddHostedService<Learner>();
        services.AddSingleton<LearnedKnowledge>();
        services.AddSingleton<ILearnedKnowledge>(provider => provider.GetRequiredService<LearnedKnowledge>());
        services.AddHostedService(provider => provider.GetRequiredService<LearnedKnowledge>());
        return services.AddHostedService<GapFinder>();
    }
}
