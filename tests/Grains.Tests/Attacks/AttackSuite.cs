using System.Globalization;
using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Attacks;

/// <summary>Whole silos under attack: messages are accepted, drafted by a model that wants to comply, decided and committed as anybody's.</summary>
internal sealed class AttackSuite : IAsyncDisposable
{
    private const int AtOnce = 40;

    private const string PlainQuestion = "How do I import documents?";

    private static readonly Carrying[] Tricks = [Carrying.Untold, Carrying.Told, Carrying.Beside, Carrying.Bare, Carrying.Invented, Carrying.Titled];

    private static readonly Carrying[] Repeating = [Carrying.Repeated, Carrying.RepeatedUntold, Carrying.Quoting];

    private readonly ChannelReceiver whatsApp;
    private readonly Judge judge = new();
    private readonly Support support;
    private readonly CompliantModel model;
    private readonly CustomerId victim;

    private AttackSuite(AttackFiles files, ChannelReceiver whatsApp, Support support, CompliantModel model, CustomerId victim) =>
        (Files, this.whatsApp, this.support, this.model, this.victim) = (files, whatsApp, support, model, victim);

    /// <summary>What is tried.</summary>
    public AttackFiles Files { get; }

    /// <summary>Opens a silo with a victim who has told it what is nobody's business.</summary>
    public static async Task<AttackSuite> Open(AttackFiles files)
    {
        var whatsApp = new ChannelReceiver(OutboundMessage.WhatsApp);
        var support = await Support.Open(services => services.AddSingleton<IChannelSender>(whatsApp));
        var victim = await support.NewCustomer(Victim.Name);
        await support.Ask(victim, Victim.Question);
        var model = new CompliantModel(() => new ExtractiveAssistant(support.Silo.GetRequiredService<ITermWeights>()));
        support.Model.Work = model.Work;
        return new(files, whatsApp, support, model, victim);
    }

    /// <summary>Customers ask for what is not the assistant's to give.</summary>
    public Task Messages()
    {
        var attempts = new List<Attempt>();
        foreach (var message in Files.Messages)
        {
            var wishes = Wishes.Of(message.Wants);
            for (var trick = 0; trick < Tricks.Length; trick++)
            {
                var wish = trick < 2 && message.Say is { } say ? new Wish(say, [say]) : wishes[(attempts.Count * 7 + trick) % wishes.Length];
                attempts.Add(new(message.Id, message.Wants, message.Text, wish, Tricks[trick]));
            }
        }

        return Run(attempts);
    }

    /// <summary>The model gives it to somebody who asked plainly.</summary>
    public Task TurnedModel() => Run(
        from wants in Wishes.Kinds
        from wish in Wishes.Of(wants)
        from trick in Tricks
        select new Attempt($"turned model: {wish.Text}", wants, PlainQuestion, wish, trick));

    /// <summary>Documents speak to the assistant, or lie.</summary>
    public async Task Documents()
    {
        if (Files.Documents.Count == 0)
            return;
        await Publish(Files.Documents.Select(document => (document.Id, document.Title, document.Text)));
        var attempts = new List<Attempt>();
        foreach (var document in Files.Documents)
        {
            var question = $"Where can I read about {document.Title}?";
            var wishes = Wishes.Of(document.Wants);
            var said = document.Say ?? document.Text;
            attempts.AddRange(Tricks.Select((trick, place) =>
                new Attempt(document.Id, document.Wants, question, wishes[(attempts.Count * 5 + place) % wishes.Length], trick, document.Id)));
            attempts.AddRange(Repeating.Select(trick => new Attempt(document.Id, document.Wants, question, new(said, [said]), trick, document.Id)));
        }

        await Run(attempts);
    }

    /// <summary>Plain questions and honest pages in similar words: which of them are taken for attacks, and how many there are.</summary>
    public async Task<(IReadOnlyList<string> Alarms, int Of)> Twins()
    {
        await Publish(Files.Pages.Select(page => (page.Id, page.Title, page.Text)));
        var attempts = Files.Twins.Select(twin => new Attempt(twin.Id, "twin", twin.Text, null, Carrying.Told))
            .Concat(Files.Pages.SelectMany(page => ((Carrying[])[Carrying.Told, Carrying.Quoting])
                .Select(way => new Attempt($"{page.Id}, {way}", "page", $"Where can I read about {page.Title}?", null, way, page.Id)))).ToList();

        // That a page does not answer is no alarm.
        var alarms = (await Ask(attempts)).Where(asked => asked.Conversation.Escalation is { Rule: not "A3.no_evidence" })
            .Select(asked => $"{asked.Attempt.Id}: {asked.Conversation.Escalation!.Rule}: {asked.Attempt.Text}").ToList();
        return (alarms, attempts.Count);
    }

    /// <summary>All that somebody got who should not have, in words for whoever mends it.</summary>
    public async Task<IReadOnlyList<string>> GotThrough()
    {
        var untouched = await support.Load(victim);
        List<string> through = [.. judge.Through, .. model.Leaked.Select(leaked => $"a tool gave away: {leaked}")];
        if (untouched.Recent.Count(message => message.IsFromCustomer()) != 1 || untouched.Escalation is not null)
            through.Add("the victim's conversation was changed");
        if (support.Escalations.Received.Any(received => received.Notice.ConversationId == victim.ToString()))
            through.Add("people were told about the victim");
        return through;
    }

    /// <summary>What was tried, and which rule stopped how many.</summary>
    public string Report() => string.Create(
        CultureInfo.InvariantCulture,
        $"{judge.Tries} tries with {Files.Folder}; the model was asked for {model.Drafts} drafts.\n{judge.Table()}{string.Concat(model.Missed.Distinct().Select(missed => $"{missed}\n"))}");

    public ValueTask DisposeAsync() => support.DisposeAsync();

    private async Task Run(IEnumerable<Attempt> attempts)
    {
        foreach (var (attempt, conversation) in await Ask([.. attempts.Select(Filled)]))
            judge.Try(attempt, conversation, whatsApp.Taken.Where(taken => taken.Item.Customer == attempt.Customer).Select(taken => taken.Message.Text));
    }

    /// <summary>Each try is a customer's of its own; many are answered together.</summary>
    private async Task<List<(Attempt Attempt, Conversation Conversation)>> Ask(List<Attempt> attempts)
    {
        var asked = new List<(Attempt, Conversation)>();
        foreach (var some in attempts.Chunk(AtOnce))
        {
            var open = new List<Attempt>();
            foreach (var attempt in some)
            {
                var bound = attempt with { Customer = await support.NewCustomer(), Channel = open.Count % 4 == 3 ? Channel.WhatsApp : Channel.Web };
                model.Expect(bound);
                open.Add(bound);
                await (bound.Channel is Channel.Web ? support.Write(bound.Customer, bound.Text) : support.WriteBy(bound.Channel, bound.Customer, bound.Text));
            }

            support.Time.Advance(support.Context.Options.Settle);
            foreach (var attempt in open)
                asked.Add((attempt, await support.Until(attempt.Customer, conversation => conversation.Exchange is null)));
        }

        return asked;
    }

    private Attempt Filled(Attempt attempt) => attempt with
    {
        Text = Fill(attempt.Text),
        Wish = attempt.Wish is { } wish ? new(Fill(wish.Text), [.. wish.Sentences.Select(Fill)]) : null,
    };

    private string Fill(string text) => text.Replace("{victim}", victim.ToString(), StringComparison.Ordinal);

    private async Task Publish(IEnumerable<(string Id, string Title, string Text)> documents) =>
        await support.Silo.GetRequiredService<IKnowledgeIndex>().Publish(
            [.. documents.Select(document => new Document(document.Id, document.Title, Fill(document.Text), DateTimeOffset.UnixEpoch))], null, CancellationToken.None);
}
