using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Testing.Mail;

/// <content>What Gmail's API answers.</content>
internal sealed partial class FakeGmail
{
    /// <summary>What Gmail sends at most, in bytes. Source: developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/send.</summary>
    private const int SendLimit = 35 * 1024 * 1024;

    private IResult Profile() => Give(new { emailAddress = Address, messagesTotal = mails.Count, threadsTotal = mails.Count, historyId = Text(place) });

    private IResult History(IQueryCollection asked)
    {
        if (!IsNumber(asked["startHistoryId"], out var start) || asked["historyTypes"] != "messageAdded" || !IsNumber(asked["maxResults"], out var size) || size is < 1 or > 500)
            return Refuse("history needs startHistoryId, historyTypes=messageAdded and maxResults from 1 to 500");
        if (start < forgottenUntil)
            return Results.Json(new { error = new { code = 404, status = "NOT_FOUND" } }, statusCode: StatusCodes.Status404NotFound);
        var after = start;
        if (asked["pageToken"] is [{ } page] && (!pages.TryGetValue(page, out var query) || query != $"history {start}" || !IsNumber(page.Split('-')[^1], out after)))
            return Refuse("this page belongs to another question");
        var found = history.Where(each => each.Id > after).OrderBy(each => each.Id).ToList();
        var here = found.Take((int)size).ToList();
        string? next = null;
        if (found.Count > here.Count)
            pages[next = $"h-{start}-{here[^1].Id}"] = $"history {start}";
        return Give(new
        {
            // Gmail leaves the field out where there is nothing.
            history = here.Count == 0 ? null : here.Select(each => new
            {
                id = Text(each.Id),
                messages = new[] { new { id = each.Mail.Id, threadId = each.Mail.Thread } },
                messagesAdded = new[] { new { message = new { id = each.Mail.Id, threadId = each.Mail.Thread, labelIds = each.Mail.Labels } } },
            }),
            nextPageToken = next,
            historyId = Text(place),
        });
    }

    private IResult List(IQueryCollection asked)
    {
        if (asked["q"] is not [{ } search] || !IsNumber(asked["maxResults"], out var size) || size is < 1 or > 500)
            return Refuse("messages needs q and maxResults from 1 to 500");
        IEnumerable<Stored> found;
        if (ById().Match(search) is { Success: true } byId)
            found = mails.Where(mail => mail.MessageId == byId.Groups[1].Value);
        else if (After().IsMatch(search))
            found = mails.Where(mail => !mail.Labels.Any(label => label is "SENT" or "DRAFT" or "CHAT" or "SPAM" or "TRASH"));
        else
            return Refuse($"the search {search} is not known here");
        var skip = 0L;
        if (asked["pageToken"] is [{ } page] && (!pages.TryGetValue(page, out var query) || query != search || !IsNumber(page.Split('-')[^1], out skip)))
            return Refuse("this page belongs to another question");
        var all = found.OrderByDescending(mail => mail.Place).ToList();
        var here = all.Skip((int)skip).Take((int)size).ToList();
        string? next = null;
        if (all.Count > skip + here.Count)
            pages[next = $"l-{skip + here.Count}"] = search;
        return Give(new { messages = here.Count == 0 ? null : here.Select(mail => new { id = mail.Id, threadId = mail.Thread }), nextPageToken = next, resultSizeEstimate = all.Count });
    }

    private IResult Read(IQueryCollection asked, string id)
    {
        if (mails.Find(mail => mail.Id == id) is not { } found)
            return NotFound();
        if (asked["format"] == "metadata" && FailMetadata-- > 0)
            return Results.Json(new { error = new { code = 503 } }, statusCode: StatusCodes.Status503ServiceUnavailable);
        return (string?)asked["format"] switch
        {
            "raw" => Give(new { id, threadId = found.Thread, labelIds = found.Labels, historyId = Text(found.Place), sizeEstimate = found.Raw.Length, raw = found.Base64 }),
            "minimal" => Give(new { id, threadId = found.Thread, labelIds = found.Labels, historyId = Text(found.Place), sizeEstimate = found.Raw.Length }),
            "metadata" when asked["metadataHeaders"] is [{ Length: > 0 } header] => Give(Metadata(found, header)),
            _ => Refuse("a message is asked for with format=raw, minimal, or metadata and one of metadataHeaders"),
        };
    }

    private IResult ReadThread(IQueryCollection asked, string id)
    {
        if (asked["format"] != "metadata" || asked["metadataHeaders"] is not [{ Length: > 0 } header])
            return Refuse("a thread is asked for with format=metadata and one of metadataHeaders");
        var found = mails.Where(mail => mail.Thread == id).ToList();
        return found.Count == 0 ? NotFound() : Give(new { id, historyId = Text(place), messages = found.Select(mail => Metadata(mail, header)) });
    }

    private static object Metadata(Stored mail, string header) => new
    {
        id = mail.Id,
        threadId = mail.Thread,
        labelIds = mail.Labels,
        internalDate = Text(mail.At.ToUnixTimeMilliseconds()),
        sizeEstimate = mail.Raw.Length,
        // Gmail writes this name in its own way.
        payload = new { headers = mail.Header(header) is { Length: > 0 } value ? new[] { new { name = header == "Message-ID" ? "Message-Id" : header, value = $"{(header == "Message-ID" ? $"<{value}>" : value)}" } } : null },
    };

    private IResult MakeDraft(JsonObject draft)
    {
        if (draft.Any(each => each.Key is not "message") || draft["message"] is not JsonObject mail)
            return Refuse("a draft is made of a message and nothing else");
        if (mail.Any(each => each.Key is not ("raw" or "threadId")) || mail["raw"]?.GetValue<string>() is not { } raw || raw.Contains('=', StringComparison.Ordinal) || !Base64Url.IsValid(raw))
            return Refuse("its message is raw, in base64url without padding, and perhaps threadId");
        var bytes = Base64Url.DecodeFromChars(raw);
        if (bytes.Length > SendLimit)
            return Refuse("the message is too large", StatusCodes.Status413PayloadTooLarge);
        var thread = mail["threadId"]?.GetValue<string>();
        if (mail.ContainsKey("threadId") && !mails.Exists(each => each.Thread == thread))
            return Refuse("there is no such thread", StatusCodes.Status404NotFound);
        var stored = Add(bytes, ["DRAFT"], thread);
        // Into another's thread goes only what names one of its mails.
        if (thread is not null && (stored.Header("In-Reply-To") is not { Length: > 0 } answered || !mails.Exists(each => each.Thread == thread && each.MessageId == answered)))
            return Refuse("a mail into a thread names one of its mails in In-Reply-To");
        var id = $"r-{made}";
        drafts.Add(id, stored);
        return Give(new { id, message = new { id = stored.Id, threadId = stored.Thread, labelIds = stored.Labels } });
    }

    private IResult ReadDraft(IQueryCollection asked, string id)
    {
        if (asked["format"] != "minimal")
            return Refuse("a draft is asked for with format=minimal");
        return drafts.TryGetValue(id, out var draft) ? Give(new { id, message = new { id = draft.Id, threadId = draft.Thread, labelIds = draft.Labels } }) : NotFound();
    }

    private IResult SendDraft(JsonObject draft)
    {
        if (draft.Any(each => each.Key is not "id") || draft["id"]?.GetValue<string>() is not { } id)
            return Refuse("a draft is sent by its id");
        if (!drafts.TryGetValue(id, out var written))
            return NotFound();
        if (!written.Header("From").Contains('@', StringComparison.Ordinal) || !written.Header("To").Contains('@', StringComparison.Ordinal))
            return Refuse("a mail needs From and To");
        drafts.Remove(id);
        mails.Remove(written);
        var sent = Add(WithOwnId(written.Raw), ["SENT"], written.Thread);
        Sent.Add(sent.Raw);
        SentInto.Add(mails.Exists(mail => mail.Thread == sent.Thread && mail != sent) ? sent.Thread : null);
        if (LoseAnswer)
        {
            LoseAnswer = false;
            return Results.Json(new { error = new { code = 503 } }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return Give(new { id = sent.Id, threadId = sent.Thread, labelIds = sent.Labels });
    }

    /// <summary>Gmail takes the Message-ID away and gives one of its own.</summary>
    private byte[] WithOwnId(byte[] raw)
    {
        var text = Encoding.Latin1.GetString(raw);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes($"Message-ID: <CA+{made}x@mail.gmail.com>\r\n{OwnId().Replace(text[..end], "")}{text[end..]}");
    }

    private IResult Watch(JsonObject watch)
    {
        if (watch.Any(each => each.Key is not ("topicName" or "labelIds" or "labelFilterBehavior")) || watch["topicName"]?.GetValue<string>() is not { } topic || !Topic().IsMatch(topic))
            return Refuse("a watch needs topicName");
        Watches.Add(time.GetUtcNow());
        watchedUntil = time.GetUtcNow() + WatchHolds;
        return Give(new { historyId = Text(place), expiration = WatchEnds ?? Text(watchedUntil.ToUnixTimeMilliseconds()) });
    }

    [GeneratedRegex(@"^Message-ID:.*\r\n(?:[ \t].*\r\n)*", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex OwnId();

    [GeneratedRegex(@"^rfc822msgid:(\S+)$")]
    private static partial Regex ById();

    [GeneratedRegex(@"^after:\d{9,11} -in:sent -in:draft -in:chats$")]
    private static partial Regex After();

    [GeneratedRegex("^projects/[^/]+/topics/[^/]+$")]
    private static partial Regex Topic();
}
