using System.Buffers.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Testing.Mail;

/// <content>What Gmail's API answers.</content>
internal sealed partial class FakeGmail
{
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
        if (asked["format"] != "raw")
            return Refuse("a message is asked for with format=raw");
        return mails.Find(mail => mail.Id == id) is { } found
            ? Give(new { id, threadId = found.Thread, labelIds = found.Labels, historyId = Text(found.Place), sizeEstimate = found.Raw.Length, raw = found.Base64 })
            : Results.Json(new { error = new { code = 404 } }, statusCode: StatusCodes.Status404NotFound);
    }

    private IResult Send(JsonObject mail)
    {
        if (mail.Any(each => each.Key is not ("raw" or "threadId")) || mail["raw"]?.GetValue<string>() is not { } raw || raw.Contains('=', StringComparison.Ordinal) || !Base64Url.IsValid(raw))
            return Refuse("a mail is sent as raw, in base64url without padding, and perhaps threadId");
        var thread = mail["threadId"]?.GetValue<string>();
        if (mail.ContainsKey("threadId") && !mails.Exists(each => each.Thread == thread))
            return Refuse("there is no such thread", StatusCodes.Status404NotFound);
        var sent = Add(Base64Url.DecodeFromChars(raw), ["SENT"], thread);
        if (!sent.Header("From").Contains('@', StringComparison.Ordinal) || !sent.Header("To").Contains('@', StringComparison.Ordinal))
            return Refuse("a mail needs From and To");
        Sent.Add(sent.Raw);
        SentInto.Add(thread);
        if (LoseAnswer)
        {
            LoseAnswer = false;
            return Results.Json(new { error = new { code = 503 } }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        return Give(new { id = sent.Id, threadId = sent.Thread, labelIds = sent.Labels });
    }

    private IResult Watch(JsonObject watch)
    {
        if (watch.Any(each => each.Key is not ("topicName" or "labelIds" or "labelFilterBehavior")) || watch["topicName"]?.GetValue<string>() is not { } topic || !Topic().IsMatch(topic))
            return Refuse("a watch needs topicName");
        return Give(new { historyId = Text(place), expiration = TimeProvider.System.GetUtcNow().AddDays(7).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) });
    }

    [GeneratedRegex(@"^rfc822msgid:(\S+)$")]
    private static partial Regex ById();

    [GeneratedRegex(@"^after:\d{9,11} -in:sent -in:draft -in:chats$")]
    private static partial Regex After();

    [GeneratedRegex("^projects/[^/]+/topics/[^/]+$")]
    private static partial Regex Topic();
}
