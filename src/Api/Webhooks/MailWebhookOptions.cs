namespace FteAgent.Api.Webhooks;

/// <summary>How providers show that it is they who bring mail. What is not set is not there: its endpoint does not exist.</summary>
/// <param name="MailSecret">The secret of <c>/webhooks/email</c>: <c>EMAIL_WEBHOOK_SECRET</c>.</param>
/// <param name="Mailbox">The mailbox that <c>/webhooks/gmail</c> wakes, in lower case; null where pushes are not set up.</param>
/// <param name="PushToken">The token that a push may bear in its query: <c>GMAIL_PUSH_TOKEN</c>.</param>
public sealed record MailWebhookOptions(string? MailSecret, string? Mailbox, string? PushToken);
