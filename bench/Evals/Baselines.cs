namespace FteAgent.Evals;

/// <summary>
/// The development-half figures of the data's own README: plain BM25 and one keyword rule. Printed beside ours whichever
/// folder is measured, so that a reader has a scale.
/// </summary>
internal static class Baselines
{
    public static double? Find(string key) => Known.TryGetValue(key, out var value) ? value : null;

    private static readonly Dictionary<string, double> Known = new(StringComparer.Ordinal)
    {
        ["flydocs.recall@1"] = .331,
        ["flydocs.recall@5"] = .571,
        ["flydocs.recall@10"] = .671,
        ["flydocs.hit@1"] = .400,
        ["flydocs.hit@5"] = .650,
        ["flydocs.mrr@10"] = .510,
        ["flydocs.no_evidence_f1"] = .788,
        ["flydocs.no_evidence_precision"] = 1.000,
        ["flydocs.no_evidence_recall"] = .650,
        ["flydocs.no_evidence_auroc"] = .943,
        ["banking.recall@1"] = .082,
        ["banking.recall@5"] = .175,
        ["banking.recall@10"] = .266,
        ["banking.hit@1"] = .333,
        ["banking.hit@5"] = .562,
        ["banking.mrr@10"] = .440,
        ["banking_opening.recall@1"] = .058,
        ["banking_opening.recall@5"] = .156,
        ["banking_opening.recall@10"] = .246,
        ["banking_opening.hit@1"] = .271,
        ["banking_opening.hit@5"] = .542,
        ["banking_opening.mrr@10"] = .401,
        ["eshop.recall@1"] = .936,
        ["eshop.recall@5"] = .992,
        ["eshop.recall@10"] = .992,
        ["eshop.hit@1"] = .936,
        ["eshop.hit@5"] = .992,
        ["eshop.mrr@10"] = .961,
        ["eshop_questions.recall@1"] = .348,
        ["eshop_questions.recall@5"] = .544,
        ["eshop_questions.recall@10"] = .596,
        ["eshop_questions.hit@1"] = .348,
        ["eshop_questions.hit@5"] = .544,
        ["eshop_questions.mrr@10"] = .433,
        ["banking77.hit@1"] = .821,
        ["banking77.hit@5"] = .966,
        ["banking77.mrr@10"] = .885,
        ["clinc150.hit@1"] = .796,
        ["clinc150.hit@5"] = .935,
        ["clinc150.mrr@10"] = .857,
        ["clinc150.no_evidence_f1"] = .727,
        ["clinc150.no_evidence_precision"] = .640,
        ["clinc150.no_evidence_recall"] = .840,
        ["clinc150.no_evidence_auroc"] = .831,
        ["tickets.escalation_f1"] = .545,
        ["tickets.escalation_precision"] = 1.000,
        ["tickets.escalation_recall"] = .375,
        ["tickets_strict.escalation_f1"] = .667,
        ["tickets_strict.escalation_precision"] = .667,
        ["tickets_strict.escalation_recall"] = .667,
        ["banking_transfer_opening.escalation_f1"] = 0,
        ["banking_transfer_opening.escalation_precision"] = 0,
        ["banking_transfer_opening.escalation_recall"] = 0,
        ["banking_transfer.escalation_f1"] = .286,
        ["banking_transfer.escalation_precision"] = .182,
        ["banking_transfer.escalation_recall"] = .667,
        ["tickets2.escalation_f1"] = .769,
        ["tickets2.escalation_precision"] = .909,
        ["tickets2.escalation_recall"] = .667,
    };
}
