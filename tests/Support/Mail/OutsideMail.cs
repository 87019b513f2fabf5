using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace FteAgent.Testing.Mail;

/// <summary>
/// A mail server and a mail program of others (tests/interop/mail.mjs), as a process of its own: it takes and reads what we send, and writes what
/// customers send.
/// </summary>
internal sealed class OutsideMail : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<Task> Installed = new(Install);
    private static readonly string[] Packages = ["smtp-server", "mailparser", "nodemailer"];

    private readonly Process process;
    private readonly BlockingCollection<JsonElement> mails = [];
    private readonly BlockingCollection<byte[]> composed = [];
    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OutsideMail(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
    }

    /// <summary>Where it takes mail.</summary>
    public int Port { get; private set; }

    /// <summary>Where it takes mail, as the setting names it.</summary>
    public string Url => $"smtp://127.0.0.1:{Port}?tls=none";

    /// <summary>How many mails have come and were not looked at yet.</summary>
    public int Waiting => mails.Count;

    /// <summary>Starts it.</summary>
    /// <param name="options">See mail.mjs.</param>
    public static async Task<OutsideMail> Start(params string[] options)
    {
        await Installed.Value;
        var start = new ProcessStartInfo("node", [Path.Combine(Tree.Root, "tests", "interop", "mail.mjs"), Interop.Folder, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var mail = new OutsideMail(Process.Start(start)!);
        mail.Port = await mail.port.Task.WaitAsync(Patience);
        return mail;
    }

    /// <summary>The next mail that came, as it was read there.</summary>
    public async Task<ReceivedMail> Next()
    {
        var taken = await Task.Run(() => mails.TryTake(out var mail, Patience) ? mail : (JsonElement?)null);
        Assert.True(taken is not null, "No mail came.");
        return taken.Value.Deserialize<ReceivedMail>(JsonSerializerOptions.Web)!;
    }

    /// <summary>All mails that have come and were not looked at yet.</summary>
    public IReadOnlyList<ReceivedMail> TakeAll()
    {
        var all = new List<ReceivedMail>();
        while (mails.TryTake(out var mail))
            all.Add(mail.Deserialize<ReceivedMail>(JsonSerializerOptions.Web)!);
        return all;
    }

    /// <summary>A mail as nodemailer writes it.</summary>
    /// <param name="mail">In nodemailer's own words: from, to, subject, text, html, attachments, inReplyTo, references, headers …</param>
    public async Task<byte[]> Write(object mail)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(mail));
        await process.StandardInput.FlushAsync();
        return await Task.Run(() => composed.TryTake(out var bytes, Patience) ? bytes : throw new TimeoutException("nodemailer wrote nothing."));
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using (var limit = new CancellationTokenSource(Patience))
            await process.WaitForExitAsync(limit.Token);
        process.Dispose();
        mails.Dispose();
        composed.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        var said = JsonDocument.Parse(line).RootElement;
        if (said.TryGetProperty("port", out var listening))
            port.TrySetResult(listening.GetInt32());
        else if (said.TryGetProperty("mail", out var mail))
            mails.Add(mail);
        else if (said.TryGetProperty("composed", out var written))
            composed.Add(written.GetBytesFromBase64());
    }

    private static async Task Install()
    {
        using var install = Process.Start(new ProcessStartInfo(Path.Combine(Tree.Root, "scripts", "interop")) { RedirectStandardOutput = true })!;
        await install.StandardOutput.ReadToEndAsync();
        await install.WaitForExitAsync();
        // It also ends with a failure where another client of others could not be had, which is nothing to us.
        Assert.True(Packages.All(Interop.Has), "The packages of tests/interop could not be installed.");
    }
}

/// <summary>A mail as mailparser read it.</summary>
internal sealed record ReceivedMail(
    string From, string To, MailEnvelope Envelope, bool Secure, string? User, string Subject, string MessageId, string? InReplyTo, string[] References,
    Dictionary<string, string> Headers, string Text, string? Html, string Raw);

/// <summary>From whom and to whom the server was told that it goes.</summary>
internal sealed record MailEnvelope(string From, string[] To);
