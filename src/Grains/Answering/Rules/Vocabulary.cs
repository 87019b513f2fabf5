using System.Collections.Frozen;

namespace FteAgent.Answering.Rules;

/// <summary>Sets of words that phrases share, by name.</summary>
internal static class Vocabulary
{
    private static readonly FrozenDictionary<string, string[]> Sets = new Dictionary<string, string>
    {
        ["@we"] = "i we my our me us",
        ["@me"] = "me us",
        ["@my"] = "my our the this all any some",
        ["@you"] = "you your yourselves y'all guys",
        ["@not"] = "not never no nothing none nobody without hardly",
        ["@want"] = "want need demand require request requesting wanting wanted like love prefer expect insist requested demanding",
        ["@speak"] = "talk speak chat talking speaking chatting converse communicate discuss",
        ["@reach"] = "reach contact get connect connected transfer transferred put pass hand forward redirect route escalate switch patch",
        ["@person"] = "human humans person people someone somebody individual being agent agents representative representatives operator operators adviser advisor specialist manager managers supervisor supervisors superior boss management staff",
        ["@team"] = "team department reps representative desk people staff",
        ["@real"] = "real actual live living human proper physical breathing genuine",
        ["@bot"] = "bot robot chatbot machine ai computer automated automation assistant program chatgpt gpt algorithm script bots",
        ["@money"] = "money payment payments cash funds fee fees dollars subscription purchase amount",
        ["@currency"] = "$ usd eur gbp dollars dollar euro euros pounds rupees inr cents bucks",
        ["@plan"] = "plan plans tier tiers subscription subscriptions package packages license licenses seat seats membership edition product service version account upgrade addon add-on option enterprise pro business premium basic starter standard professional growth",
        ["@buyer"] = "users user seats seat people employees members team licenses developers staff person agents students",
        ["@data"] = "data work tasks task cards boards board projects project files file documents document records record messages history notes contacts comments tickets entries backup backups content information items updates changes emails photos everything all spreadsheet spreadsheets database customers invoices workspace folder folders pages reports transactions progress orders",
        ["@gone"] = "gone vanished disappeared wiped erased lost missing deleted corrupted destroyed corrupt scrambled evaporated",
        ["@account"] = "account accounts profile workspace login email system systems data database server servers network mailbox organization tenant dashboard password",
        ["@owner"] = "owner owners ownership admin administrator founder creator",
        ["@left"] = "left quit gone departed resigned fired leaving died passed terminated retired unavailable unreachable deactivated",
        ["@legaldoc"] = "dpa baa nda msa",
        ["@customers"] = "customers customer clients client buyers buyer shoppers shopper subscribers subscriber guests guest patients donors tenants payers",
    }.ToFrozenDictionary(set => set.Key, set => set.Value.Split(' '));

    /// <summary>The words of a set.</summary>
    public static string[] Set(string name) =>
        Sets.TryGetValue(name, out var words) ? words : throw new ArgumentException($"No set of words is called {name}.", nameof(name));
}
