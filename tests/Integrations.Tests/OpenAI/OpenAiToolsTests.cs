using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Testing.OpenAI;
using FteAgent.Tickets;

namespace FteAgent.OpenAI;

public sealed class OpenAiToolsTests
{
    [Fact]
    public void The_five_tools_are_strict()
    {
        Assert.Equal(["search_knowledge_base", "get_customer_history", "create_ticket", "escalate_to_human", "send_response"], OpenAiTools.All.Select(tool => tool.Name));
        Assert.All(OpenAiTools.All, tool => Assert.Null(StrictSchema.Fault(JsonDocument.Parse(tool.Schema).RootElement)));
    }

    [Fact]
    public void No_tool_can_name_a_customer() =>
        Assert.All(OpenAiTools.All, tool => Assert.DoesNotContain("customer_id", tool.Schema, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void A_search_is_read_with_what_is_left_out() =>
        Assert.Equal(new SearchArguments("export", 5, null), ToolArguments.Search("""{"query":"export","max_results":null,"category":null}""").Value);

    [Fact]
    public void A_search_is_read_with_all_that_it_may_say() =>
        Assert.Equal(new SearchArguments("export", 10, "guide"), ToolArguments.Search("""{"query":"export","max_results":10,"category":"guide"}""").Value);

    [Fact]
    public void A_ticket_and_an_escalation_are_read()
    {
        Assert.Equal(
            new TicketArguments("Invoice of May", TicketCategory.BugReport, TicketPriority.Low),
            ToolArguments.Ticket("""{"subject":"Invoice of May","category":"bug_report","priority":"low"}""").Value);
        Assert.Equal(new EscalateArguments(EscalationReason.Legal, Urgency.High), ToolArguments.Escalate("""{"reason":"legal","urgency":"high"}""").Value);
    }

    [Theory]
    [InlineData("""{"query":"export","max_results":0,"category":null}""", "max_results must be a whole number from 1 to 10, or null.")]
    [InlineData("""{"query":"export","max_results":2.5,"category":null}""", "max_results must be a whole number from 1 to 10, or null.")]
    [InlineData("""{"query":"","max_results":null,"category":null}""", "query is empty.")]
    [InlineData("""{"query":"export","max_results":null}""", "category is missing.")]
    [InlineData("""{"query":"export","max_results":null,"category":null,"customer_id":"c-1"}""", "The object has a field that is not allowed; allowed are query, max_results, category.")]
    public void A_search_that_is_wrong_is_told_why(string json, string fault) => Assert.Equal(fault, Assert.Single(ToolArguments.Search(json).Faults));

    [Fact]
    public void A_history_takes_nothing_least_of_all_a_customer()
    {
        Assert.NotNull(ToolArguments.History("{}").Value);
        Assert.Equal("The object has a field that is not allowed; none is.", Assert.Single(ToolArguments.History("""{"customer_id":"c-1"}""").Faults));
    }

    [Fact]
    public void The_reasons_of_the_machine_itself_are_not_a_models_to_give() =>
        Assert.Equal(["reason must be one of"], ToolArguments.Escalate("""{"reason":"policy","urgency":"low"}""").Faults.Select(fault => fault[..21]));
}
