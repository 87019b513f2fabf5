namespace FteAgent.Escalations;

/// <summary>Where operators' own tools are told of escalations.</summary>
/// <param name="Url">The address that each escalation is posted to. It often holds a secret, so it is never logged.</param>
/// <param name="PublicUrl">Where operators reach this deployment, for a link to the conversation.</param>
public sealed record EscalationUrlOptions(Uri Url, Uri? PublicUrl);
