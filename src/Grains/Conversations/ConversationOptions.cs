using System.ComponentModel.DataAnnotations;

namespace FteAgent.Conversations;

/// <summary>The times a conversation runs by. Bound from the section <c>Conversation</c>.</summary>
public sealed class ConversationOptions
{
    /// <summary>How long a burst is given to end before drafting starts. Default 800 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan Settle { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long after its first message an exchange may still be joined. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan JoinFor { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a joining message may make a running draft start again. Default 3.</summary>
    [Range(0, 20)]
    public int Restarts { get; set; } = 3;

    /// <summary>How long all attempts at one draft may take together. Default 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan DraftFor { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How many drafts one silo writes at the same time; 0, the default, is 1,024 for a model that is asked over the network and 64 for one that
    /// works on this machine's own cores.
    /// </summary>
    [Range(0, 10_000)]
    public int DraftsAtOnce { get; set; }

    /// <summary>How often a stuck exchange is started over before a person gets it. Default 5.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>The first answer's promise on the web and by email. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FirstResponse { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The first answer's promise on WhatsApp. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FirstResponseOnWhatsApp { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A person's promise to acknowledge an escalation, in business hours. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Acknowledge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a customer may wait for the operator who has the conversation, in business hours, before it is free for another. Default 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HolderReplies { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a customer must stay quiet for a matter to count as settled. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan QuietClose { get; set; } = TimeSpan.FromHours(24);

    /// <summary>More messages than this in a minute bring one cool-down notice. Default 5.</summary>
    [Range(1, 1000)]
    public int MessagesPerMinute { get; set; } = 5;

    /// <summary>The first answer's promise by a channel.</summary>
    public TimeSpan FirstResponseBy(Channel channel) => channel is Channel.WhatsApp ? FirstResponseOnWhatsApp : FirstResponse;
}
