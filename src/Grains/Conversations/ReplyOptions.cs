using System.ComponentModel.DataAnnotations;

namespace FteAgent.Conversations;

/// <summary>How replies look that leave our own pages, and when they do. Bound from the section <c>Reply</c>.</summary>
public sealed class ReplyOptions
{
    /// <summary>The company's name, for the signature of mails. Default: none.</summary>
    public string Company { get; set; } = "";

    /// <summary>How the assistant signs. Default "Your support assistant".</summary>
    public string Assistant { get; set; } = "Your support assistant";

    /// <summary>How long an answer on our own pages may stay unseen before it goes by email. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan UnseenAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How many mails the assistant writes into one conversation within an hour. Beyond that it is taken for a loop of two machines: what comes
    /// is recorded, and a person is asked to look. Default 10.
    /// </summary>
    [Range(1, 1000)]
    public int MailsPerHour { get; set; } = 10;
}
