using System.Collections.Immutable;
using FteAgent.Api.Limits;
using FteAgent.Conversations;
using FteAgent.Knowledge;
using FteAgent.Tickets;

namespace FteAgent.Silo.Settings;

/// <summary>
/// Every setting there is, by the name that an operator writes. Whoever reads a new one adds it here, to docs/settings.md and to
/// .env.example; a test finds the one that was forgotten.
/// </summary>
internal static class KnownSettings
{
    /// <summary>Those that are options of a section.</summary>
    public static ImmutableArray<SettingSection> Sections { get; } =
    [
        new("Limits", typeof(RateLimitOptions)),
        new("Conversation", typeof(ConversationOptions)),
        new("BusinessHours", typeof(BusinessHoursOptions)),
        new("Reply", typeof(ReplyOptions)),
        new("Model", typeof(ModelOptions)),
        new("Knowledge", typeof(KnowledgeOptions)),
    ];

    /// <summary>Those that have a name of their own.</summary>
    private static readonly ImmutableArray<string> Named =
    [
        "FTE_URL", "FTE_DATA", "FTE_DEBUG",
        "DATABASE_URL", "DATABASE_DIRECT_URL",
        "CLUSTER_SECRET", "SILO_ADDRESS", "SILO_PORT", "SILO_NAME", "GATEWAY_PORT", "DRAIN_SECONDS",
        "TRUSTED_PROXIES", "PUBLIC_URL",
        "OPERATOR_KEY", "ESCALATION_URL", PolicyFile.Setting,
        "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM", "TWILIO_WEBHOOK_URL", "TWILIO_TEMPLATE_SID", "TWILIO_API_URL",
        "RETENTION_DAYS",
        "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_FALLBACK_MODEL", "OPENAI_EMBEDDING_MODEL",
        "EMAIL_FROM", "EMAIL_SMTP_URL", "EMAIL_WEBHOOK_SECRET", "EMAIL_AUTHSERV_ID",
        "GMAIL_ADDRESS", "GMAIL_CLIENT_ID", "GMAIL_CLIENT_SECRET", "GMAIL_REFRESH_TOKEN", "GMAIL_TOPIC",
        "GMAIL_PUSH_AUDIENCE", "GMAIL_PUSH_ACCOUNT", "GMAIL_PUSH_TOKEN",
        "KAFKA_BOOTSTRAP_SERVERS", "KAFKA_SECURITY_PROTOCOL", "KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD", "KAFKA_SASL_MECHANISM", "KAFKA_SSL_CA",
        "KAFKA_GROUP_ID", "KAFKA_PARTITIONS", "KAFKA_TRUSTS_PROOF", "INTAKE",
        "METRICS_PORT", "METRICS_ADDRESS", "LOG_FORMAT", "INCOMING_TRACES", "Logging__LogLevel__Default",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_SDK_DISABLED",
    ];

    /// <summary>Those that Fly sets on its machines.</summary>
    private static readonly ImmutableArray<string> SetByFly = ["FLY_APP_NAME", "FLY_PRIVATE_IP", "FLY_MACHINE_ID"];

    /// <summary>All of them, a list's entries by the first: <c>BusinessHours__Days__0</c>.</summary>
    public static ImmutableArray<string> All { get; } = [.. Named, .. SetByFly, .. Sections.SelectMany(section => section.Names)];
}
