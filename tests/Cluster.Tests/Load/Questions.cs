namespace FteAgent.Cluster.Load;

/// <summary>What customers ask. The product's own documents answer all of it; the refunds are for a person.</summary>
internal static class Questions
{
    private static readonly string[] Answered =
    [
        "Where does the product keep its data, and how do I make a backup?",
        "How do I add an operator to the team?",
        "How can I import documents from a folder?",
        "Which grain engine runs the conversations?",
        "What does the exchange runner do with a draft?",
        "How does the sweeper find open duties?",
        "When does the customer get a 202 for a message?",
        "How are chunks cut from a document?",
        "What happens when the customer writes again during a draft?",
        "How does search rank the documents?",
        "How do pages follow a conversation live?",
        "What is stored in the outbox?",
        "How do I set the escalation URL?",
        "What is an incarnation of a silo?",
        "How does an operator hand a conversation back?",
        "What do the readiness checks look at?",
        "Which settings does a silo read from its environment?",
        "How are migrations applied to the database?",
        "What does a customer see while a person is awaited?",
        "How is a redelivered message recognised?",
        "How are sessions of operators revoked?",
        "Where are the rules that decide before the model?",
        "What is a citation in an answer?",
        "How is the sentiment of a message measured?",
    ];

    private static readonly string[] ForAPerson =
    [
        "I would like a refund for my last order, please.",
        "Please give me my money back for the second payment.",
    ];

    /// <summary>How many different ones there are.</summary>
    public static int Count => Answered.Length;

    /// <summary>A question that the documents answer, with the mark of its message.</summary>
    public static string Of(int turn, string mark) => $"{Answered[turn % Answered.Length]} (My reference is {mark}.)";

    /// <summary>A wish that only a person can fulfil, with the mark of its message.</summary>
    public static string Refund(Random random, string mark) => $"{ForAPerson[random.Next(ForAPerson.Length)]} (My reference is {mark}.)";
}
