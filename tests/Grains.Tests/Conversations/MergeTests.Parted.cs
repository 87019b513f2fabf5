using FteAgent.Answering;

namespace FteAgent.Conversations;

/// <content>What two said while they were one, once they are parted.</content>
public sealed partial class MergeTests
{
    [Fact]
    public async Task Nothing_is_drafted_out_of_what_was_said_while_two_were_one_who_were_parted()
    {
        var (web, mail) = await Two();
        var wrong = await Merge(mail, web);
        await support.Write(mail, "How do I export documents by mail?");
        await support.Settled(web);
        await Identities.Part(wrong.Merge!.Value, "Ana", default);
        DraftRequest? asked = null;
        support.Model.Answer = request =>
        {
            asked = request;
            return ScriptedModel.Quote("Here are the words of the guide.");
        };

        await support.Ask(web, "And how do I import them on Windows?");

        Assert.Equal("How do I import documents from the web?", asked!.History[0].Text);
        Assert.Equal(2, asked.History.Length);
        Assert.DoesNotContain(asked.History, utterance => utterance.Text.Contains("export", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_drafted_for_the_one_who_goes_on_out_of_what_another_said_in_a_merged_conversation_before_they_were_parted()
    {
        var (web, mail) = await Two();
        var wrong = await Merge(mail, web);
        await support.Write(mail, "How do I export documents by mail?");
        await support.Settled(web);
        await Identities.Part(wrong.Merge!.Value, "Ana", default);
        var phone = await support.NewCustomer();
        await Merge(web, phone);
        DraftRequest? asked = null;
        support.Model.Answer = request =>
        {
            asked = request;
            return ScriptedModel.Quote("Here are the words of the guide.");
        };

        await support.Write(phone, "And how do I import them on Windows?");
        await support.Settled(phone);

        Assert.Equal("How do I import documents from the web?", asked!.History[0].Text);
        Assert.Equal(2, asked.History.Length);
        Assert.DoesNotContain(asked.History, utterance => utterance.Text.Contains("export", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_asked_while_two_were_one_and_is_not_answered_when_they_are_parted_goes_to_a_person()
    {
        var (web, mail) = await Two();
        var wrong = await Merge(mail, web);
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mail, "How do I export documents by mail?");
        await support.Drafting(drafting);
        await Identities.Part(wrong.Merge!.Value, "Ana", default);

        support.Model.LetGo();
        var parted = await support.Until(web, conversation => conversation.Exchange is null && conversation.Escalation is not null);

        Assert.Equal("M3.parted", parted.Escalation!.Rule);
        Assert.DoesNotContain("by mail", parted.Escalation.Summary, StringComparison.Ordinal);
        Assert.Single(Support.Replies(parted), reply => !reply.Citations.IsEmpty);
        // Who has the conversation alone now is answered again.
        await support.Write(web, "How do I make a backup?");
        Assert.Equal(2, Support.Replies(await support.Settled(web)).Count(reply => !reply.Citations.IsEmpty));
    }
}
