using Microsoft.Extensions.Options;

namespace FteAgent.Tickets;

/// <summary>When people of the support team work. Bound from the section <c>BusinessHours</c>.</summary>
public sealed class BusinessHoursOptions
{
    /// <summary>People work round the clock. Default false.</summary>
    public bool AlwaysOpen { get; set; }

    /// <summary>The team's time zone, an IANA name. Default UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The working days. Default Monday to Friday.</summary>
    public IList<DayOfWeek> Days { get; set; } = [];

    /// <summary>When the day begins, in the team's time zone. Default 09:00.</summary>
    public TimeOnly Opens { get; set; } = new(9, 0);

    /// <summary>When the day ends. Default 17:00.</summary>
    public TimeOnly Closes { get; set; } = new(17, 0);

    /// <summary>Days on which nobody works.</summary>
    public IList<DateOnly> Holidays { get; set; } = [];
}

/// <summary>Stops the start on hours in which nobody would ever work, with a sentence that names the setting.</summary>
internal sealed class BusinessHoursValidator : IValidateOptions<BusinessHoursOptions>, IPostConfigureOptions<BusinessHoursOptions>
{
    // Binding adds to a list that has defaults, so the default days are filled in afterwards.
    public void PostConfigure(string? name, BusinessHoursOptions options)
    {
        if (options.Days.Count == 0)
            options.Days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    }

    public ValidateOptionsResult Validate(string? name, BusinessHoursOptions options)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
            return ValidateOptionsResult.Fail($"BusinessHours__TimeZone is '{options.TimeZone}', which this machine does not know; use an IANA name such as Europe/Berlin.");
        if (options.Opens >= options.Closes)
            return ValidateOptionsResult.Fail($"BusinessHours__Opens ({options.Opens:HH\\:mm}) must be before BusinessHours__Closes ({options.Closes:HH\\:mm}).");
        return ValidateOptionsResult.Success;
    }
}
