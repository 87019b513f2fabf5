using System.Reflection;
using System.Reflection.Emit;
using FteAgent.Conversations;

namespace FteAgent.Contracts;

/// <summary>Orleans' rules for what crosses a grain call, held on either engine, also where the one that is in would not mind.</summary>
public sealed class ContractTests
{
    /// <summary>The rooms that declare grains or what grains are given.</summary>
    private static readonly Assembly[] Rooms = [typeof(IConversationGrain).Assembly, typeof(GrainsRoom).Assembly];

    [Fact]
    public void Every_type_that_crosses_a_grain_call_keeps_the_rules()
    {
        var (faults, types) = ContractRules.Check(Rooms.SelectMany(Written).Where(ContractRules.Concern));

        Assert.True(types > 20, $"Only {types} types were found.");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(typeof(INameless), "INameless has no [Alias]")]
    [InlineData(typeof(INameless), "INameless.Do has no [Alias]")]
    [InlineData(typeof(ITwice), "ITwice has two methods with the alias 'do'")]
    [InlineData(typeof(ITakesPlain), "Plain has no [GenerateSerializer]")]
    [InlineData(typeof(ITakesPlain), "Plain has no [Alias]")]
    [InlineData(typeof(ITakesPlain), "Plain has no [Immutable]")]
    [InlineData(typeof(ITakesPlain), "Plain.Number has no [Id]")]
    [InlineData(typeof(Deep), "Deep.Name has the id 0 of Count")]
    [InlineData(typeof(BareException), "BareException has no [GenerateSerializer]")]
    public void A_type_that_breaks_a_rule_is_found_out(Type type, string fault) =>
        Assert.Contains(ContractRules.Check([type]).Faults, sentence => sentence.StartsWith(fault, StringComparison.Ordinal));

    [Fact]
    public void Two_types_with_one_alias_are_found_out()
    {
        // Made here: a program that had them would not start.
        var module = AssemblyBuilder.DefineDynamicAssembly(new("FteAgent.Samples"), AssemblyBuilderAccess.Run).DefineDynamicModule("samples");
        var faults = ContractRules.Check([Aliased("First"), Aliased("Second")]).Faults;

        Assert.Contains("Second has the alias 'test.same' of First.", faults);

        Type Aliased(string name)
        {
            var type = module.DefineType(name, TypeAttributes.Public);
            type.SetCustomAttribute(new(typeof(AliasAttribute).GetConstructor([typeof(string)])!, ["test.same"]));
            return type.CreateType();
        }
    }

    // What a generator adds is the engine's.
    private static IEnumerable<Type> Written(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.Namespace?.StartsWith("FteAgent", StringComparison.Ordinal) is true
            && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false));

    // No grains, so that neither engine's generator minds them.
    internal interface INameless
    {
        Task Do();
    }

    [Alias("test.twice")]
    internal interface ITwice
    {
        [Alias("do")]
        Task Do();

        [Alias("do")]
        Task DoAgain();
    }

    [Alias("test.takes-plain")]
    internal interface ITakesPlain
    {
        [Alias("take")]
        Task<List<Plain[]>> Take();
    }

    internal sealed record Plain(int Number);

    internal sealed class Deep
    {
        [Id(0)]
        public int Count { get; set; }

        [Id(0)]
        public string Name { get; set; } = "";
    }

    internal sealed class BareException : Exception;
}
