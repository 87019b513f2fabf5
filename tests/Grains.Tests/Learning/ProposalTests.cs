using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Learning;

/// <summary>What a ticket teaches others, and what stays between the two who spoke.</summary>
public sealed class ProposalTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly Operator Ana = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Ana");
    private const string Question = "How do I move a board to another workspace?";
    private const string Answer = "Open the board's menu, choose Move and pick the workspace.";

    [Fact]
    public void Question_and_answer_are_proposed()
    {
        var proposed = Of(Customer(Question), Operator(Answer));

        Assert.Equal(new ProposedText(Question, Answer), proposed);
    }

    [Fact]
    public void Of_what_was_asked_before_the_answer_the_fullest_is_the_question()
    {
        var proposed = Of(
            Customer("Hello!"), Customer("How do I move a board\nto another   workspace of ours?"), Customer("I want a person please"), Operator(Answer),
            Customer("And how do I delete the whole workspace with all boards, members and attachments at once?"));

        Assert.Equal("How do I move a board to another workspace of ours?", proposed!.Question);
    }

    [Fact]
    public void Answers_are_taken_together_without_greetings_small_talk_and_notes()
    {
        var proposed = Of(
            Customer(Question), Operator("One moment, please."), Operator("Hi Mira,\n\nopen the board's menu and choose Move."), Assistant("The guide says nothing of workspaces at all."),
            Operator("Good morning! Then pick the workspace from the list."), Note("She pays for the large plan, be nice to her."));

        Assert.Equal("open the board's menu and choose Move.\n\nThen pick the workspace from the list.", proposed!.Answer);
    }

    [Theory]
    [InlineData("Mira, open the menu and choose Move.", "[name], open the menu and choose Move.")]
    [InlineData("It is Okafor's board, so open MIRA OKAFOR and choose Move.", "It is [name]'s board, so open [name] and choose Move.")]
    [InlineData("Write to mira@example.com or +49 170 1234567 about moving.", "Write to [email-1] or [phone-1] about moving.")]
    [InlineData("The mìra folder moves when you drag its board.", "The [name] folder moves when you drag its board.")]
    [InlineData("Ticket 01HZX3V9Q8N7M6K5J4H3G2F1E0 is about moving a board.", "Ticket [name] is about moving a board.")]
    [InlineData("Your user number crm-778812 may move every board.", "Your user number [name] may move every board.")]
    [InlineData("The password is hunter2x, then choose Move and confirm.", "The password is [secret-1], then choose Move and confirm.")]
    public void Nothing_that_names_the_customer_is_proposed(string answer, string expected) =>
        Assert.Equal(expected, Of(Customer(Question), Operator(answer))!.Answer);

    [Fact]
    public void A_question_loses_the_customer_too()
    {
        var proposed = Of(Customer("This is Mira Okafor (mira@example.com). How do I move my board to Okafor Design?"), Operator(Answer));

        Assert.Equal("This is [name] ([email-1]). How do I move my board to [name] Design?", proposed!.Question);
    }

    [Fact]
    public void Names_of_everybody_who_is_this_customer_are_taken_out_and_names_in_mail_addresses_where_they_are_written_as_names()
    {
        var known = Person("", new CustomerIdentifier(IdentifierKind.Email, "jonas.weber@example.com", true));

        var proposed = Of([Person("Mira Okafor"), known], Customer(Question), Operator("Jonas, the weber grill board moves like Mira's: choose Move."));

        Assert.Equal("[name], the weber grill board moves like [name]'s: choose Move.", proposed!.Answer);
    }

    [Fact]
    public void Role_addresses_take_no_words_away()
    {
        var proposed = Of([Person("", new CustomerIdentifier(IdentifierKind.Email, "support@example.com", true))], Customer(Question), Operator("Support moves boards: choose Move and confirm."));

        Assert.Equal("Support moves boards: choose Move and confirm.", proposed!.Answer);
    }

    [Theory]
    [InlineData(EscalationReason.Security)]
    [InlineData(EscalationReason.Legal)]
    [InlineData(EscalationReason.Privacy)]
    [InlineData(EscalationReason.Internals)]
    public void Nothing_is_learned_of_what_concerns_security_law_or_privacy(EscalationReason reason) =>
        Assert.Null(Proposal.Of(Matter(Customer(Question), Operator(Answer)) with { Escalations = [Call(reason, "support")] }));

    [Theory]
    [InlineData("security")]
    [InlineData("legal")]
    [InlineData("privacy")]
    public void Nothing_is_learned_of_what_a_policy_sends_there(string route) =>
        Assert.Null(Proposal.Of(Matter(Customer(Question), Operator(Answer)) with { Escalations = [Call(EscalationReason.NoEvidence, route)] }));

    [Fact]
    public void Other_calls_for_a_person_hinder_nothing() =>
        Assert.NotNull(Proposal.Of(Matter(Customer(Question), Operator(Answer)) with { Escalations = [Call(EscalationReason.NoEvidence, "support")] }));

    [Fact]
    public void Nothing_is_learned_of_what_may_be_anothers()
    {
        var matter = Matter(Customer(Question), Operator(Answer));

        Assert.Null(Proposal.Of(matter with { Ticket = matter.Ticket with { MayBeAnothers = true } }));
        Assert.Null(Proposal.Of(matter with { Hidden = [new(1, 5)] }));
        Assert.NotNull(Proposal.Of(matter with { Hidden = [new(3, 5)] }));
        Assert.Null(Proposal.Of(matter with { Ticket = matter.Ticket with { Subject = Ticket.ToLookAt } }));
        Assert.Null(Proposal.Of(matter with { Escalations = [Call(EscalationReason.PersonRequested, "support") with { Rule = Escalation.UnprovedRule }] }));
    }

    [Fact]
    public void Nothing_is_learned_where_no_operator_settled_it_or_said_anything()
    {
        var matter = Matter(Customer(Question), Operator(Answer));

        Assert.Null(Proposal.Of(matter with { Ticket = matter.Ticket with { Resolution = new(Actor.Assistant, Now, "") } }));
        Assert.Null(Proposal.Of(matter with { Ticket = matter.Ticket with { Resolution = null } }));
        Assert.Null(Of(Customer(Question), Assistant(Answer)));
        Assert.Null(Of(Customer(Question), Operator("Done!")));
        Assert.Null(Of(Customer("Hello?"), Operator(Answer)));
        Assert.Null(Of(Operator(Answer)));
        Assert.Null(Of());
    }

    [Fact]
    public void Long_texts_are_cut_at_a_word_and_never_in_half_a_character()
    {
        var proposed = Of(Customer(string.Concat(Enumerable.Repeat("board moving question ", 40))), Operator(string.Concat(Enumerable.Repeat("🙂", 4_000)) + Answer + string.Concat(Enumerable.Repeat(" Move", 2_000))));

        Assert.InRange(proposed!.Question.Length, 250, Article.QuestionLimit);
        Assert.EndsWith("…", proposed.Question, StringComparison.Ordinal);
        Assert.InRange(proposed.Answer.Length, 4_000, Article.AnswerLimit);
        Assert.False(char.IsHighSurrogate(proposed.Answer[^2]));
    }

    private static ProposedText? Of(params Func<long, Message>[] said) => Proposal.Of(Matter(said));

    private static ProposedText? Of(ImmutableArray<Customer> people, params Func<long, Message>[] said) => Proposal.Of(Matter(said) with { People = people });

    private static ResolvedMatter Matter(params Func<long, Message>[] said) => new(
        new(new("01HZX3V9Q8N7M6K5J4H3G2F1E0"), "Boards", TicketStatus.Resolved, TicketCategory.General, TicketPriority.Medium, Channel.Web, Now, null, Resolution: new(Actor.Of(Ana), Now, "")),
        [.. said.Select((say, i) => say(i + 2))], [], [],
        [
            Person("Mira Okafor", new CustomerIdentifier(IdentifierKind.Email, "mira@example.com", true), new CustomerIdentifier(IdentifierKind.External, "crm-778812", true)),
        ]);

    private static Customer Person(string name, params CustomerIdentifier[] identifiers) => new(new(Guid.NewGuid()), name, [.. identifiers], Now, Now);

    private static Escalation Call(EscalationReason reason, string route) =>
        new(Guid.NewGuid(), new("01HZX3V9Q8N7M6K5J4H3G2F1E0"), reason, "rule", Urgency.Normal, route, "", Actor.Assistant, Now, null);

    private static Func<long, Message> Customer(string text) => Says(Actor.Customer, text);

    private static Func<long, Message> Assistant(string text) => Says(Actor.Assistant, text);

    private static Func<long, Message> Operator(string text) => Says(Actor.Of(Ana), text);

    private static Func<long, Message> Note(string text) => sequence => Says(Actor.Of(Ana), text)(sequence) with { Kind = MessageKind.Note };

    private static Func<long, Message> Says(Actor author, string text) =>
        sequence => new(new(Guid.NewGuid()), sequence, author, MessageKind.Text, text, Now, Channel.Web, null, []);
}
