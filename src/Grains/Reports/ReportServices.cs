using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Reports;

/// <summary>Wires what makes reports.</summary>
internal static class ReportServices
{
    /// <summary>Adds <see cref="IReportMaker"/>, and the one that makes a report of each day.</summary>
    public static void AddReportServices(this IServiceCollection services)
    {
        services.AddSingleton<ReportMaker>();
        services.AddSingleton<IReportMaker>(provider => provider.GetRequiredService<ReportMaker>());
        services.AddHostedService<DailyReporter>();
    }
}
