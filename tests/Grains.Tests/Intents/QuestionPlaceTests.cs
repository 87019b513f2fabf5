using FteAgent.Answering;
using FteAgent.Intents;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Intents;

/// <summary>Which questions documents put themselves, and where they answer them.</summary>
public class QuestionPlaceTests
{
    [Fact]
    public async Task Headings_and_titles_that_ask_are_found_with_what_stands_below_them()
    {
        var places = await Of(
            Knowledge.Given.Document("faq.md", """
                # Billing

                ## Invoices

                ### Who gets the monthly invoice?

                The recipients under Billing.

                ### Refunds

                None.

                ### **Can an invoice be changed later?**

                No.
                """, "Billing"),
            Knowledge.Given.Document("why.md", "Because the bank says so.", "Why was my card declined?"));

        Assert.Equal(
            [
                ("faq.md › Invoices › Can an invoice be changed later?", "Can an invoice be changed later?", "Invoices › Can an invoice be changed later?"),
                ("faq.md › Invoices › Who gets the monthly invoice?", "Who gets the monthly invoice?", "Invoices › Who gets the monthly invoice?"),
                ("why.md", "Why was my card declined?", ""),
            ],
            places.Values.OrderBy(place => place.Label, StringComparer.Ordinal).Select(place => (place.Label, place.Question, place.Heading)));
    }

    [Fact]
    public async Task What_asks_for_nothing_by_itself_is_no_question()
    {
        var places = await Of(Knowledge.Given.Document("start.md", """
            ## Need help?

            Ask us.

            ## What's next?

            The rest.

            ```
            ## How does the printer server start?
            ```

            ## Exporting a board

            Is it hard? No.
            """));

        Assert.Empty(places);
    }

    [Fact]
    public async Task An_article_answers_its_own_question_however_that_is_put()
    {
        var index = Knowledge.Given.EmptyIndex();
        await index.Change([new("learned/1", "move boards", "## Is this a heading of the answer?\n\nDrag it.", Knowledge.Given.Day)], [], default);

        var place = Assert.Single(index.Current.Questions.Values);
        Assert.Equal(("learned/1", "move boards"), (place.Label, place.Question));
    }

    [Fact]
    public async Task The_heading_of_a_place_is_that_of_the_sentences_below_it()
    {
        var index = await Knowledge.Given.Index(Knowledge.Given.Document("faq.md", $"""
            # Everything

            {string.Join(' ', Enumerable.Repeat("Words that fill the chunk.", 60))}

            ## Which owls may enter the tower?

            Those with a ring.
            """, "Everything"));

        var place = Assert.Single(index.Current.Questions.Values);
        var chunk = index.Current.All().ElementAt(place.Chunk);
        Assert.Contains(TextUnits.Read(chunk), unit => unit.Heading == place.Heading && chunk.Text[unit.Start..unit.End] == "Those with a ring.");
    }

    private static async Task<IReadOnlyDictionary<string, QuestionPlace>> Of(params Document[] documents) => (await Knowledge.Given.Index(documents)).Current.Questions;
}
