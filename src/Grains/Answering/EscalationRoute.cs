namespace FteAgent.Answering;

/// <summary>Who should look at an escalation, by its reason.</summary>
public static class EscalationRoute
{
    /// <summary>Disputed charges and money back.</summary>
    public const string Billing = "billing";

    /// <summary>Faults that only engineers mend.</summary>
    public const string Technical = "technical";

    /// <summary>Prices, offers, comparisons.</summary>
    public const string Sales = "sales";

    /// <summary>Law and privacy.</summary>
    public const string Legal = "legal";

    /// <summary>Breaches, and attempts to misuse the assistant.</summary>
    public const string Security = "security";

    /// <summary>Everything that any operator can take.</summary>
    public const string Support = "support";

    /// <summary>The route of a reason.</summary>
    public static string Of(EscalationReason reason) => reason switch
    {
        EscalationReason.RefundRequest or EscalationReason.BillingDispute => Billing,
        EscalationReason.DataLoss or EscalationReason.Engineering => Technical,
        EscalationReason.PricingInquiry or EscalationReason.Competitor => Sales,
        EscalationReason.Legal or EscalationReason.Privacy => Legal,
        EscalationReason.Security or EscalationReason.Internals => Security,
        _ => Support,
    };
}
