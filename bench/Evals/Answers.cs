using System.Collections.Immutable;
using FteAgent.Answering;

namespace FteAgent.Evals;

/// <summary>Prints questions with the extractive answers, for reading: whether an answer is one to be glad of, no figure says.</summary>
internal static class Answers
{
    private const int Hits = 8;

    public static async Task Print(EvalData data, string set, int count, int skip)
    {
        var index = await Corpora.Index(data, $"{set}/corpus.jsonl");
        var assistant = new ExtractiveAssistant(index);
        foreach (var question in data.Questions($"{set}/queries.jsonl").Skip(skip).Take(count))
        {
            var text = question.Text("query");
            ImmutableArray<string> query = [text];
            var found = await index.Search(query, Hits, null, CancellationToken.None);
            var draft = await assistant.Draft(new DraftRequest(query, [], found), NoTools.Instance, CancellationToken.None);
            var right = draft.Citations.Select(citation => question.Texts("relevant").Contains(citation.DocumentId) ? "+" : "-");
            Console.WriteLine($"\n──── {question.Text("id")}: {text}\n     evidence {found.Evidence:0.00}, sources {string.Concat(right)}\n");
            Console.WriteLine(draft.Citations.IsEmpty ? "(declines)" : draft.Text);
        }
    }
}
