using System.Buffers;
using System.Reflection;
using FteAgent.Engine.CodeGeneration;
using FteAgent.Engine.Tests.Support;
using Orleans.Serialization;

namespace FteAgent.Engine.Tests.Wire;

/// <summary>Silos of two versions in one cluster: each reads what the other writes.</summary>
public sealed class UpgradeTests
{
    private static readonly Version Old = new("Old", """
        [GenerateSerializer, Alias("up.order")]
        public sealed class Order
        {
            [Id(0)] public string Name { get; set; } = "unnamed";
            [Id(1)] public List<int> Dropped { get; set; } = new();
            [Id(2)] public int Amount { get; set; }
            [Id(5)] public object? Extra { get; set; }
            [Id(6)] public object? Again { get; set; }
            [Id(7)] public Cat? Pet { get; set; }
            [Id(8)] public Animal? Animal { get; set; }
            [Id(9)] public Note? Note { get; set; }
            [Id(10)] public Note? SameNote { get; set; }
        }
        [GenerateSerializer, Alias("up.ticket")]
        public sealed record Ticket([property: Id(0)] string Text, [property: Id(1)] int Number);
        [GenerateSerializer, Alias("up.note")]
        public sealed class Note { [Id(0)] public string Text { get; set; } = ""; }
        [GenerateSerializer, Alias("up.base")]
        public class Animal { [Id(0)] public string Name { get; set; } = ""; }
        [GenerateSerializer, Alias("up.derived")]
        public sealed class Cat : Animal { [Id(0)] public int Lives { get; set; } }
        [GenerateSerializer, Alias("up.failure")]
        public sealed class Failure(string message) : Exception(message) { [Id(0)] public int Code { get; set; } }
        [Alias("up.IShop")]
        public interface IShop : IGrainWithStringKey
        {
            [Alias("Buy")] Task Buy(string what);
        }
        """);

    private static readonly Version New = new("New", """
        [GenerateSerializer, Alias("up.order")]
        public sealed class RenamedOrder
        {
            [Id(3)] public string Added { get; set; } = "from the constructor";
            [Id(2)] public long Amount { get; set; }
            [Id(0)] public string Title { get; set; } = "untitled";
            [Id(6)] public object? Again { get; set; }
            [Id(8)] public Animal? Animal { get; set; }
            [Id(10)] public Memo? SameNote { get; set; }
        }
        [GenerateSerializer, Alias("up.ticket")]
        public sealed record Ticket([property: Id(1)] int Number, [property: Id(0)] string Text, [property: Id(2)] string? Added = "never seen");
        [GenerateSerializer, Alias("up.root")]
        public class Being { [Id(0)] public int Age { get; set; } = 3; }
        [GenerateSerializer, Alias("up.base")]
        public class Animal : Being { [Id(0)] public string Name { get; set; } = ""; }
        [GenerateSerializer, Alias("up.derived")]
        public sealed class Cat : Animal { [Id(0)] public int Lives { get; set; } }
        [GenerateSerializer, Alias("up.failure")]
        public sealed class Failure(string message) : Exception(message) { [Id(1)] public string Reason { get; set; } = "none"; }
        [GenerateSerializer, Alias("up.note")]
        public sealed class Memo { [Id(0)] public string Text { get; set; } = ""; }
        [GenerateSerializer, Alias("up.new-only")]
        public sealed class NewOnly { [Id(0)] public string Text { get; set; } = ""; }
        [Alias("up.IShop")]
        public interface IRenamedShop : IGrainWithStringKey
        {
            [Alias("Buy")] Task Acquire(string what, int count = 1);
            [Alias("Sell")] Task Sell(string what);
        }
        """);

    [Fact]
    public void Fields_are_known_by_id_whatever_they_and_their_type_are_called()
    {
        var order = Old.Make("Order", ("Name", "tea"), ("Amount", 3), ("Dropped", new List<int> { 1, 2, 3 }));
        var arrived = Across(Old, order, New, "RenamedOrder");

        Assert.Equal("tea", New.Get(arrived, "Title"));
        Assert.Equal(3L, New.Get(arrived, "Amount"));
        Assert.Equal("from the constructor", New.Get(arrived, "Added"));
    }

    [Fact]
    public void An_older_silo_steps_over_what_it_does_not_know()
    {
        var order = New.Make("RenamedOrder", ("Title", "tea"), ("Amount", 4L), ("Added", "x"));
        var arrived = Across(New, order, Old, "Order");

        Assert.Equal("tea", Old.Get(arrived, "Name"));
        Assert.Equal(4, Old.Get(arrived, "Amount"));
        Assert.Equal(new List<int>(), Old.Get(arrived, "Dropped"));
    }

    [Fact]
    public void A_number_too_large_for_an_older_silo_is_an_error_and_no_other_number() =>
        Assert.Throws<SerializerException>(() => Across(New, New.Make("RenamedOrder", ("Amount", 1L << 40)), Old, "Order"));

    [Fact]
    public void Records_may_grow_and_be_ordered_anew()
    {
        var arrived = Across(Old, Old.Make("Ticket", ("Text", "t"), ("Number", 7)), New, "Ticket");

        Assert.Equal(("t", 7, null), ((string)New.Get(arrived, "Text")!, (int)New.Get(arrived, "Number")!, (string?)New.Get(arrived, "Added")));
        arrived = Across(New, New.Make("Ticket", ("Text", "t"), ("Number", 7), ("Added", "a")), Old, "Ticket");
        Assert.Equal(("t", 7), ((string)Old.Get(arrived, "Text")!, (int)Old.Get(arrived, "Number")!));
    }

    [Fact]
    public void A_base_above_all_may_be_added()
    {
        var arrived = Across(Old, Old.Make("Cat", ("Name", "Tom"), ("Lives", 9)), New, "Animal");
        Assert.Equal(("Cat", "Tom", 9, 3), (arrived.GetType().Name, (string)New.Get(arrived, "Name")!, (int)New.Get(arrived, "Lives")!, (int)New.Get(arrived, "Age")!));

        arrived = Across(New, New.Make("Cat", ("Name", "Tom"), ("Lives", 9), ("Age", 5)), Old, "Animal");
        Assert.Equal(("Cat", "Tom", 9), (arrived.GetType().Name, (string)Old.Get(arrived, "Name")!, (int)Old.Get(arrived, "Lives")!));
    }

    [Fact]
    public void A_value_first_met_in_an_unknown_field_is_found_by_references_to_it()
    {
        var note = Old.Make("Note", ("Text", "shared"));
        var order = Old.Make("Order", ("Extra", new List<object> { note, note }), ("Again", note));
        var arrived = Across(Old, order, New, "RenamedOrder");

        Assert.Equal("shared", New.Get(New.Get(arrived, "Again")!, "Text"));
    }

    [Fact]
    public void Values_within_an_unknown_field_keep_their_identity()
    {
        var note = Old.Make("Note", ("Text", "shared"));
        var list = new List<object> { note, note, "text" };
        var arrived = Across(Old, Old.Make("Order", ("Extra", new List<object> { list }), ("Again", new List<object> { note, list, list })), New, "RenamedOrder");

        var again = (List<object>)New.Get(arrived, "Again")!;
        Assert.Same(again[1], again[2]);
        Assert.Same(again[0], ((List<object>)again[1])[0]);
        Assert.Same(again[0], ((List<object>)again[1])[1]);
        Assert.Equal("text", ((List<object>)again[1])[2]);
    }

    [Fact]
    public void A_value_whose_type_only_an_unknown_field_tells_is_never_taken_for_another()
    {
        var note = Old.Make("Note", ("Text", "shared"));
        var arrived = Across(Old, Old.Make("Order", ("Note", note), ("SameNote", note)), New, "RenamedOrder");
        Assert.Equal("shared", New.Get(New.Get(arrived, "SameNote")!, "Text"));

        var cat = Old.Make("Cat", ("Lives", 9));
        var failure = Assert.Throws<SerializerException>(() => Across(Old, Old.Make("Order", ("Pet", cat), ("Animal", cat)), New, "RenamedOrder"));
        Assert.Contains("does not tell its type", failure.Message);
    }

    [Fact]
    public void An_alias_that_is_not_known_is_named_unless_nobody_needs_it()
    {
        var newOnly = New.Make("NewOnly", ("Text", "x"));
        var failure = Assert.Throws<SerializerException>(() => Across(New, New.Make("RenamedOrder", ("Again", newOnly)), Old, "Order"));
        Assert.Contains("'up.new-only'", failure.Message);

        var note = Old.Make("Note", ("Text", "x"));
        var without = new Version("Without", """[GenerateSerializer, Alias("up.order")] public sealed class Order { [Id(2)] public int Amount { get; set; } }""");
        Assert.Equal(5, without.Get(Across(Old, Old.Make("Order", ("Extra", note), ("Again", note), ("Amount", 5)), without, "Order"), "Amount"));
    }

    [Fact]
    public void An_alias_of_two_types_is_an_error_where_it_is_used()
    {
        var both = new WireCatalog(Old.Assembly, New.Assembly);
        var bytes = Old.Write(typeof(object), Old.Make("Note"));

        Assert.Contains("two types", Assert.Throws<SerializerException>(() => WireCodec.Deserialize<object>(bytes, catalog: both)).Message);
    }

    [Fact]
    public void Exceptions_keep_message_and_type_across_versions()
    {
        var failure = (Exception)Activator.CreateInstance(Old.Type("Failure"), "it broke")!;
        var arrived = (Exception)New.Read(typeof(Exception), Old.Write(typeof(Exception), failure))!;

        Assert.Equal(New.Type("Failure"), arrived.GetType());
        Assert.Equal("it broke", arrived.Message);
    }

    [Fact]
    public void A_method_is_known_by_its_alias_and_takes_what_arguments_it_knows()
    {
        Assert.True(Old.Catalog.TryCreate(WireMethod.KeyOf("up.IShop", "Buy"), out var request));
        request.SetArgument(0, "tea");
        request.AddressRemote(GrainId.Create("shop", "1"), source: null, context: null, sink: null);
        var arrived = New.Receive(request);
        Assert.Equal("Acquire", arrived.GetMethodName());
        Assert.Equal(("tea", 0), (arrived.GetArgument(0), arrived.GetArgument(1)));

        Assert.True(New.Catalog.TryCreate(WireMethod.KeyOf("up.IShop", "Sell"), out request));
        request.AddressRemote(GrainId.Create("shop", "1"), source: null, context: null, sink: null);
        Assert.Throws<UnknownMethodException>(() => Old.Receive(request));
    }

    private static object Across(Version from, object value, Version to, string type) => to.Read(to.Type(type), from.Write(from.TypeLike(value, type), value))!;

    /// <summary>One version of the program.</summary>
    private sealed class Version(string name, string code)
    {
        private static readonly MethodInfo ReadMethod = typeof(Version).GetMethod(nameof(ReadAs), BindingFlags.Static | BindingFlags.NonPublic)!;
        private static readonly MethodInfo WriteMethod = typeof(WireCodec).GetMethod(nameof(WireCodec.Serialize))!;

        public Assembly Assembly { get; } = SampleAssembly.Load(code, $"Upgrade.{name}");

        public WireCatalog Catalog => field ??= new(Assembly);

        public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

        /// <summary>The type as which a value is written: its own, or the base by which it is asked for.</summary>
        public Type TypeLike(object value, string type) => Assembly.GetType(type) is { } known && known.IsInstanceOfType(value) ? known : value.GetType();

        public object Make(string type, params (string Name, object Value)[] members)
        {
            var value = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(Type(type));
            if (Type(type).GetConstructor([]) is { } constructor) value = constructor.Invoke([]);
            foreach (var (member, content) in members) Type(type).GetProperty(member)!.SetValue(value, content);
            return value;
        }

        public object? Get(object value, string member) => value.GetType().GetProperty(member)!.GetValue(value);

        public byte[] Write(Type type, object value) => Call<byte[]>(WriteMethod, type, value);

        public object? Read(Type type, byte[] bytes) => Call<object?>(ReadMethod, type, bytes, Catalog);

        public GrainRequest Receive(GrainRequest request)
        {
            var frame = new ArrayBufferWriter<byte>();
            FteAgent.Engine.Wire.WriteRequest(frame, request);
            return FteAgent.Engine.Wire.ReadRequest(frame.WrittenSpan, references: null!, sink: null, Catalog);
        }

        private static object? ReadAs<T>(byte[] bytes, WireCatalog catalog) => WireCodec.Deserialize<T>(bytes, references: null, catalog);

        private static T Call<T>(MethodInfo method, Type type, params object?[] arguments) =>
            (T)method.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}
