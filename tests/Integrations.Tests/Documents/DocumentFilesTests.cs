using System.Text;
using FteAgent.Documents;

namespace FteAgent.Tests.Documents;

public sealed class DocumentFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("documents").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_is_read_in_one_order_without_hidden_names()
    {
        Write("b.md", "# Bee\n\nbuzz");
        Write("a/z.txt", "words");
        Write("a/y.html", "<h1>Why</h1><p>because</p>");
        Write(".git/secret.md", "hidden");
        Write("a/.draft.md", "hidden");
        Write("picture.png", "no text");
        var import = Read();
        Assert.Equal(["b.md", "a/y.html", "a/z.txt"], import.Documents.Select(document => document.Id));
        Assert.Equal(["Bee", "Why", "z"], import.Documents.Select(document => document.Title));
    }

    [Fact]
    public void A_page_read_alone_keeps_the_id_that_it_has_in_its_folder()
    {
        Write("guides/a.md", "# A\n\ntext");
        Write("guides/deep/b.md", "# B\n\ntext");
        var files = new DocumentFiles(TimeProvider.System);

        Assert.Equal("guides/a.md", Assert.Single(files.Read(Path.Combine(folder, "guides", "a.md"), folder, default).Documents).Id);
        Assert.Equal("a.md", Assert.Single(files.Read(Path.Combine(folder, "guides", "a.md"), default).Documents).Id);
        Assert.Equal(["guides/a.md", "guides/deep/b.md"], files.Read(Path.Combine(folder, "guides"), folder, default).Documents.Select(document => document.Id));
        Assert.Throws<DocumentException>(() => files.Read(Path.Combine(folder, "guides", "a.md"), Path.Combine(folder, "guides", "deep"), default));
    }

    [Fact]
    public void Names_of_learned_articles_are_theirs()
    {
        Write("learned/a.md", "# A\n\ntext");
        Assert.Contains("learned/a.md", Assert.Throws<DocumentException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_not_followed_so_a_loop_ends()
    {
        Write("docs/a.md", "# A\n\ntext");
        Directory.CreateSymbolicLink(Path.Combine(folder, "docs", "loop"), folder);
        File.CreateSymbolicLink(Path.Combine(folder, "docs", "other.md"), Path.Combine(folder, "docs", "a.md"));
        Assert.Equal("docs/a.md", Assert.Single(Read().Documents).Id);
    }

    [Fact]
    public void Front_matter_gives_title_and_date_and_is_dropped()
    {
        Write("a.md", "---\ntitle: \"Billing\"\ndate: 2025-04-01\n---\n\n# Something else\n\nWe bill monthly.");
        var document = Assert.Single(Read().Documents);
        Assert.Equal("Billing", document.Title);
        Assert.Equal(new DateTimeOffset(2025, 4, 1, 0, 0, 0, TimeSpan.Zero), document.ChangedAt);
        Assert.Equal("# Something else\n\nWe bill monthly.", document.Text);
    }

    [Fact]
    public void Underlined_headings_become_hash_lines_and_comments_go()
    {
        Write("a.md", "Guide\n=====\r\n\r\n<!-- internal: do not show -->\n\nFirst\n-----\n\nWords with `code`.\n");
        Assert.Equal("# Guide\n\n\n\n## First\n\nWords with `code`.", Assert.Single(Read().Documents).Text);
    }

    [Fact]
    public void A_page_gives_its_content_and_nothing_around_it()
    {
        Write("a.html", """
            <html><head><title>Help - Company</title><style>p{}</style></head><body><nav>Home</nav>
            <main><h1>Reset  a
            password</h1><script>alert(1)</script><p>Do <b>this</b>:</p><ol><li>Open <code>Settings</code></li><li>Click</li></ol>
            <pre>line 1
              line 2</pre><table><tr><th>Code</th><th>Meaning</th></tr><tr><td>402</td><td>Declined</td></tr></table>
            <p hidden>secret</p></main><footer>Imprint</footer></body></html>
            """);
        var document = Assert.Single(Read().Documents);
        Assert.Equal("Reset a password", document.Title);
        Assert.Equal(
            "# Reset a password\n\nDo this:\n\n1. Open `Settings`\n2. Click\n\n```\nline 1\n  line 2\n```\n\n| Code | Meaning |\n| 402 | Declined |",
            document.Text);
    }

    [Fact]
    public void A_line_file_gives_a_document_a_line()
    {
        Write("a.jsonl", """
            {"id":"1","title":"One","text":"first","url":"https://example.com/1","category":"billing","changed_at":"2025-01-02T03:04:05Z","more":[1]}

            {"id":"2","text":"second"}
            """);
        var documents = Read("a.jsonl").Documents;
        Assert.Equal(("One", "billing", "https://example.com/1"), (documents[0].Title, documents[0].Category, documents[0].Url));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), documents[0].ChangedAt);
        Assert.Equal("2", documents[1].Title);
    }

    [Theory]
    [InlineData("{\"id\":\"1\",\"text\":\"ok\"}\n{not json", "a.jsonl, line 2: not valid JSON.")]
    [InlineData("[1]", "a.jsonl, line 1: expected one JSON object.")]
    [InlineData("{\"text\":\"x\"}", "a.jsonl, line 1: id is missing.")]
    [InlineData("{\"id\":\"1\",\"text\":7}", "a.jsonl, line 1: text is not text.")]
    [InlineData("{\"id\":\"1\",\"text\":\"x\",\"url\":\"javascript:alert(1)\"}", "a.jsonl, line 1: url is not a web address.")]
    [InlineData("{\"id\":\"1\",\"text\":\"x\",\"changed_at\":\"soon\"}", "a.jsonl, line 1: changed_at is not a date.")]
    [InlineData("{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\"1\",\"text\":\"y\"}", "Two documents have the id 1.")]
    [InlineData("{\"id\":\"1\",\"text\":\"\\ud800\"}", "a.jsonl, line 1: holds text that is not valid Unicode.")]
    public void A_broken_line_is_named_in_one_sentence(string content, string sentence)
    {
        Write("a.jsonl", content);
        Assert.Equal(sentence, Assert.Throws<DocumentException>(() => Read("a.jsonl")).Message);
    }

    [Fact]
    public void What_is_no_text_or_too_large_is_left_out_and_said()
    {
        Write("a.md", "# A\n\nfine");
        Write("b.md", "bin\0ary");
        Write("c.txt", new string('x', DocumentText.MaxFileBytes + 1));
        var import = Read();
        Assert.Single(import.Documents);
        Assert.Equal(["b.md is not text and was left out.", "c.txt is larger than 10 MB and was left out."], import.Skipped);
    }

    [Fact]
    public void Nothing_to_read_is_said_in_one_sentence()
    {
        Assert.Throws<DocumentException>(() => Read());
        Assert.Contains("no file or folder", Assert.Throws<DocumentException>(() => Read("missing")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.html", "<div>")]
    [InlineData("b.html", "<ul><li>")]
    [InlineData("c.html", "<h1><pre>")]
    [InlineData("d.html", "<table><tr><td>")]
    [InlineData("e.md", "> ")]
    [InlineData("f.md", "- ")]
    [InlineData("g.md", "[")]
    [InlineData("h.md", "*a_")]
    public void Marks_nested_without_end_are_read_or_left_out_but_never_crash(string name, string mark)
    {
        Write(name, string.Concat(Enumerable.Repeat(mark, 50_000)) + "deep words");
        Write("fine.txt", "fine");
        Assert.Contains(Read().Documents, document => document.Id == "fine.txt");
    }

    [Fact]
    public void Control_characters_and_byte_order_marks_do_not_get_in()
    {
        File.WriteAllBytes(Path.Combine(folder, "a.txt"), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("red \u001b[31m text\r\nمرحبا 😀")]);
        Assert.Equal("red [31m text\nمرحبا 😀", Assert.Single(Read().Documents).Text);
    }

    private DocumentImport Read(string name = "") => new DocumentFiles(TimeProvider.System).Read(Path.Combine(folder, name), CancellationToken.None);

    private void Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
