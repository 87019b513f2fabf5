using FteAgent.Learning;

namespace FteAgent.Storage;

/// <summary>
/// What is seen to of what was learned, before anything of a customer is deleted: statements in both records' language. They take in what was said in
/// somebody else's conversation while the two were one (<see cref="JoinedErasure"/>).
/// </summary>
internal static class LearnedErasure
{
    /// <summary>Counts the approved articles that will go.</summary>
    /// <param name="isOne">How "is one of these customers" is said here.</param>
    /// <param name="schema">What stands before a table's name.</param>
    public static string CountApproved(string isOne, string schema) => $"""
        select count(*) from {schema}articles a where a.status = '{EnumText.Of(ArticleStatus.Approved)}' and (a.customer_id {isOne} or a.ticket_id in (
            select m.ticket_id from {schema}hidden_parts part
            join {schema}messages m on m.customer_id = part.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence
            where part.other_id {isOne}))
        """;

    /// <summary>
    /// Takes their words from the gaps in which a message of theirs is. Three customers may have written one's name, and nobody can tell any more which
    /// of the words were whose.
    /// </summary>
    /// <param name="isOne">How "is one of these customers" is said here.</param>
    /// <param name="schema">What stands before a table's name.</param>
    /// <param name="none">What stands for no words.</param>
    public static string ForgetWords(string isOne, string schema, string none) => $"""
        update {schema}gaps set terms = {none} where (day, number) in (
            select day, number from {schema}gap_messages where customer_id {isOne}
            union
            select g.day, g.number from {schema}hidden_parts part
            join {schema}gap_messages g on g.customer_id = part.customer_id and g.sequence > part.after_sequence and g.sequence <= part.through_sequence
            where part.other_id {isOne})
        """;
}
