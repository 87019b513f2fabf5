using FteAgent.Channels.Email.Table;
using FteAgent.Customers;

namespace FteAgent.Channels.Email;

/// <summary>Every mail of the table is read as it is meant.</summary>
public sealed class MailTableTests
{
    private static readonly Dictionary<string, MailCase> Cases =
        Clients.All.Concat(Table.Charsets.All).Concat(Structures.All).Concat(Natures.All).Concat(Senders.All).ToDictionary(each => each.Name);

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Mail_is_read_as_it_is_meant(string name)
    {
        var expected = Cases[name];

        var reading = Given.Read(expected.Bytes);

        Assert.Null(reading.Refusal);
        var message = reading.Message!;
        Assert.Equal((IdentifierKind.Email, expected.From, expected.Proved), (message.Sender.Kind, message.Sender.Address, message.Sender.Proved));
        Assert.Equal(expected.Automatic, message.Automatic);
        Assert.Equal(expected.Files, message.Files.Where(file => file.Kind is AttachmentKind.File).Select(file => file.Name));
        if (expected.Text is not null)
            Assert.Equal(expected.Text, message.Text);
        if (expected.Subject is not null)
            Assert.Equal(expected.Subject, message.Subject);
        if (expected.SenderName is not null)
            Assert.Equal(expected.SenderName, message.Sender.Name);
        if (expected.References is not null)
            Assert.Equal(expected.References, message.Thread!.References);
    }

    [Fact]
    public void Table_is_as_large_as_it_is_said_to_be() => Assert.True(Cases.Count >= 120, $"{Cases.Count} mails");
}
